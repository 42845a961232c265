"""Whisper's network with the names of `transformers`, small, and open where training needs more than the text:
it also returns the encoder's output and the attention of the heads that are told where to listen."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from . import tokens

WIDTH, HEADS = 192, 3
ENCODER_LAYERS, DECODER_LAYERS = 3, 2
ENCODER_INNER, DECODER_INNER = 768, 384
BANDS, SOUND_POSITIONS, TEXT_POSITIONS = 80, tokens.SECONDS * tokens.TIMES_PER_SECOND, 160
# (layer, head) of the decoder whose attention is told to follow the words, and those of them that do so closely enough
# to tell the words' times, which generation_config.json names.
GUIDED_HEADS = [(0, 0), (1, 0), (1, 1)]
ALIGNMENT_HEADS = [(1, 0), (1, 1)]


def sinusoids(length, channels):
    """Source: openai/whisper, model.py."""
    step = np.log(10000) / (channels // 2 - 1)
    rates = torch.exp(-step * torch.arange(channels // 2))
    angles = torch.arange(length)[:, None] * rates[None, :]
    return torch.cat([torch.sin(angles), torch.cos(angles)], dim=1)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.k_proj = nn.Linear(WIDTH, WIDTH, bias=False)
        self.v_proj, self.q_proj, self.out_proj = (nn.Linear(WIDTH, WIDTH) for _ in range(3))

    def _heads(self, states):
        return states.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)

    def forward(self, states, sound=None, causal=False, heads=(), forced=None):
        """Attends to `sound`, or to the states themselves; returns also the weights of the heads that are named.

        - forced: weights that these heads are given instead of their own where their sum is not 0: batch, 1, text,
          sound"""
        other = states if sound is None else sound
        query, key, value = self._heads(self.q_proj(states)), self._heads(self.k_proj(other)), self._heads(self.v_proj(other))
        if len(key) < len(query):
            # Several texts of the same sounds.
            key, value = (part.repeat(len(query) // len(key), 1, 1, 1) for part in (key, value))
        own = None
        if heads:
            weights = torch.softmax(query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, dim=-1)
            own = weights[:, heads]
            if forced is not None:
                is_forced = forced.sum(-1, keepdim=True) > 0
                is_named = torch.tensor([head in heads for head in range(HEADS)], device=query.device).view(1, HEADS, 1, 1)
                weights = torch.where(is_forced & is_named, forced, weights)
            mixed = weights @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
        return self.out_proj(mixed.transpose(1, 2).flatten(2)), own


class EncoderLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.self_attn = Attention()
        self.self_attn_layer_norm, self.final_layer_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.fc1, self.fc2 = nn.Linear(WIDTH, ENCODER_INNER), nn.Linear(ENCODER_INNER, WIDTH)

    def forward(self, states):
        states = states + self.self_attn(self.self_attn_layer_norm(states))[0]
        return states + self.fc2(functional.gelu(self.fc1(self.final_layer_norm(states))))


class DecoderLayer(nn.Module):
    def __init__(self, guided):
        super().__init__()
        self.guided = guided
        self.self_attn, self.encoder_attn = Attention(), Attention()
        self.self_attn_layer_norm, self.encoder_attn_layer_norm, self.final_layer_norm = (
            nn.LayerNorm(WIDTH) for _ in range(3))
        self.fc1, self.fc2 = nn.Linear(WIDTH, DECODER_INNER), nn.Linear(DECODER_INNER, WIDTH)

    def forward(self, states, sound, forced):
        states = states + self.self_attn(self.self_attn_layer_norm(states), causal=True)[0]
        heard, weights = self.encoder_attn(self.encoder_attn_layer_norm(states), sound, heads=self.guided, forced=forced)
        states = states + heard
        return states + self.fc2(functional.gelu(self.fc1(self.final_layer_norm(states)))), weights


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(BANDS, WIDTH, 3, padding=1)
        self.conv2 = nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(SOUND_POSITIONS, WIDTH)
        self.embed_positions.weight = nn.Parameter(sinusoids(SOUND_POSITIONS, WIDTH), requires_grad=False)
        self.layers = nn.ModuleList(EncoderLayer() for _ in range(ENCODER_LAYERS))
        self.layer_norm = nn.LayerNorm(WIDTH)

    def forward(self, mel):
        states = functional.gelu(self.conv2(functional.gelu(self.conv1(mel)))).transpose(1, 2)
        states = states + self.embed_positions.weight
        for layer in self.layers:
            states = layer(states)
        return self.layer_norm(states)


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed_tokens = nn.Embedding(tokens.VOCABULARY, WIDTH)
        self.embed_positions = nn.Embedding(TEXT_POSITIONS, WIDTH)
        self.layers = nn.ModuleList(
            DecoderLayer([head for at, head in GUIDED_HEADS if at == layer]) for layer in range(DECODER_LAYERS))
        self.layer_norm = nn.LayerNorm(WIDTH)

    def forward(self, inputs, sound, forced=None):
        """The logits of every next token, and the guided heads' own attention: batch, head, token, frame.

        What `forced` says, the guided heads of the last layer attend to; see `Attention`."""
        states = self.embed_tokens(inputs) + self.embed_positions.weight[:inputs.shape[1]]
        guided = []
        for index, layer in enumerate(self.layers):
            states, weights = layer(states, sound, forced if index == DECODER_LAYERS - 1 else None)
            guided.append(weights)
        return self.layer_norm(states) @ self.embed_tokens.weight.T, torch.cat(guided, dim=1)


class Whisper(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = Encoder(), Decoder()
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1 and "encoder.embed_positions" not in name:
                is_table = "embed" in name
                nn.init.normal_(parameter, std=0.02 if is_table else (parameter[0].numel()) ** -0.5)
            if name.endswith(("out_proj.weight", "fc2.weight")):
                # A residual branch starts small.
                parameter.data.mul_(0.4)
        with torch.no_grad():
            # A time's token begins as the place that it names: to hear when is then to copy a place.
            times = sinusoids(tokens.TIME_TOKENS, WIDTH)
            self.decoder.embed_tokens.weight[tokens.FIRST_TIME:] = 0.06 * (times - times.mean(dim=0))

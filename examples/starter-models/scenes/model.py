"""starter-scenes: a small `BlipForConditionalGeneration`, and a forward pass made for training.

The weights live in the published model's modules, so saving it needs no renaming. The forward pass
is our own because training needs what the published one does not give: leaving patches out, and
the decoder's attention to the picture as a thing to be taught.
"""

import math

import torch
from torch import nn
from torch.nn.functional import layer_norm, linear, scaled_dot_product_attention
from transformers import BlipConfig, BlipForConditionalGeneration

from . import labels, vocabulary
from .scene import GRID

WIDTH, HEADS = 192, 3  # 64 values a head, as published models have
PATCH = 16
# 2.98 million values: 6 MB in float16.
VISION = dict(hidden_size=WIDTH, intermediate_size=768, num_hidden_layers=4, num_attention_heads=HEADS,
              image_size=PATCH * GRID, patch_size=PATCH, hidden_act="quick_gelu")
TEXT = dict(vocab_size=len(vocabulary.TOKENS), hidden_size=WIDTH, encoder_hidden_size=WIDTH,
            intermediate_size=384, num_hidden_layers=2, num_attention_heads=HEADS,
            max_position_embeddings=64, hidden_act="quick_gelu", pad_token_id=vocabulary.PAD,
            bos_token_id=vocabulary.BEGIN, eos_token_id=vocabulary.END,
            sep_token_id=vocabulary.END, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
MEAN, DEVIATION = 0.5, 0.25  # of pixel values from 0 to 1


def cosines():
    """The patch embedding's first weights: the lowest waves of each colour channel.

    Random weights would have to learn to look at anything but single pixels. High waves are weak
    in pictures, so they are weighted up. Laid out as [width, 3, PATCH, PATCH].
    """
    waves = WIDTH // 3
    order = sorted((u * u + v * v, u, v) for u in range(PATCH) for v in range(PATCH))[:waves]
    at = (torch.arange(PATCH) + 0.5) * math.pi / PATCH
    basis = torch.stack([torch.outer(torch.cos(u * at), torch.cos(v * at)) for _, u, v in order])
    basis = basis / basis.flatten(1).norm(dim=1)[:, None, None]
    weight = torch.tensor([math.sqrt(1 + square) for square, _, _ in order]) / PATCH
    basis = basis * weight[:, None, None]
    # Brightness and two differences of colours in place of red, green and blue.
    mix = torch.tensor([[1, 1, 1], [1, -1, 0], [0.5, 0.5, -1]]) / 1.7
    return torch.einsum("kc,wyx->kwcyx", mix, basis).reshape(WIDTH, 3, PATCH, PATCH)


def places():
    """First position embeddings: long waves across and down, so that neighbours are alike.

    The class token has none.
    """
    at = torch.arange(GRID).float()
    rates = torch.logspace(math.log10(0.1), math.log10(1.5), WIDTH // 4)
    waves = torch.cat([torch.sin(at[:, None] * rates), torch.cos(at[:, None] * rates)], 1)
    down = waves[:, None].expand(GRID, GRID, -1)
    across = waves[None].expand(GRID, GRID, -1)
    grid = torch.cat([down, across], 2).reshape(1, GRID * GRID, WIDTH)
    return torch.cat([torch.zeros(1, 1, WIDTH), 0.5 * grid], 1)


def look_around(layer):
    """Attention that begins by looking at what is alike and near, as trained layers do.

    Queries and keys begin equal (Trockman and Kolter, "Mimetic initialization", 2023). Random ones
    look everywhere at once and take long to find out what belongs together.
    """
    weight = layer.self_attn.qkv.weight
    nn.init.normal_(weight[:WIDTH], std=0.055)
    weight[WIDTH:2 * WIDTH] = weight[:WIDTH]


def new_model(seed):
    torch.manual_seed(seed)
    config = BlipConfig(text_config=TEXT, vision_config=VISION, projection_dim=WIDTH)
    model = BlipForConditionalGeneration(config)
    embeddings = model.vision_model.embeddings
    with torch.no_grad():
        embeddings.patch_embedding.weight.copy_(cosines())
        embeddings.position_embedding.copy_(places())
        for name, weight in model.named_parameters():
            if weight.dim() == 2 and "embeddings" not in name:
                nn.init.normal_(weight, std=0.5 / math.sqrt(weight.shape[1]))
        for layer in model.vision_model.encoder.layers:
            look_around(layer)
    return model


def norm(x, module):
    return layer_norm(x, (WIDTH,), module.weight, module.bias, module.eps)


def quick_gelu(x):
    return x * torch.sigmoid(1.702 * x)


def heads(x):
    return x.view(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)


def joined(x):
    return x.transpose(1, 2).reshape(x.shape[0], -1, WIDTH)


def encode(model, pixels, kept=None):
    """Pixels [n, 3, side, side] to rows [n, 1 + patches, width]; `kept` picks patches [n, k]."""
    vision = model.vision_model
    count = pixels.shape[0]
    patches = pixels.view(count, 3, GRID, PATCH, GRID, PATCH).permute(0, 2, 4, 1, 3, 5)
    patches = patches.reshape(count, GRID * GRID, 3 * PATCH * PATCH)
    positions = vision.embeddings.position_embedding
    spots = positions[:, 1:].expand(count, -1, -1)
    if kept is not None:
        patches = patches.gather(1, kept[:, :, None].expand(-1, -1, patches.shape[2]))
        spots = spots.gather(1, kept[:, :, None].expand(-1, -1, WIDTH))
    embedding = vision.embeddings.patch_embedding
    x = linear(patches, embedding.weight.flatten(1), embedding.bias) + spots
    first = (vision.embeddings.class_embedding + positions[:, :1]).expand(count, -1, -1)
    x = torch.cat([first, x], 1)
    for layer in vision.encoder.layers:
        query, key, value = layer.self_attn.qkv(norm(x, layer.layer_norm1)).chunk(3, 2)
        mixed = scaled_dot_product_attention(heads(query), heads(key), heads(value))
        x = x + layer.self_attn.projection(joined(mixed))
        x = x + layer.mlp.fc2(quick_gelu(layer.mlp.fc1(norm(x, layer.layer_norm2))))
    return norm(x, vision.post_layernorm)


def decode(model, tokens, rows):
    """Logits [n, length, words], and each layer's attention to the rows [n, heads, length, rows]."""
    decoder = model.text_decoder
    embeddings = decoder.bert.embeddings
    spots = embeddings.position_embeddings.weight[:tokens.shape[1]]
    x = norm(embeddings.word_embeddings(tokens) + spots, embeddings.LayerNorm)
    looks = []
    for layer in decoder.bert.encoder.layer:
        own, seen = layer.attention, layer.crossattention
        mixed = scaled_dot_product_attention(
            heads(own.self.query(x)), heads(own.self.key(x)), heads(own.self.value(x)),
            is_causal=True)
        x = norm(own.output.dense(joined(mixed)) + x, own.output.LayerNorm)
        scores = heads(seen.self.query(x)) @ heads(seen.self.key(rows)).transpose(2, 3)
        look = (scores / math.sqrt(WIDTH // HEADS)).softmax(3)
        looks.append(look)
        mixed = joined(look @ heads(seen.self.value(rows)))
        x = norm(seen.output.dense(mixed) + x, seen.output.LayerNorm)
        wide = quick_gelu(layer.intermediate.dense(x))
        x = norm(layer.output.dense(wide) + x, layer.output.LayerNorm)
    head = decoder.cls.predictions
    x = norm(quick_gelu(head.transform.dense(x)), head.transform.LayerNorm)
    return linear(x, head.decoder.weight, head.decoder.bias), looks


class Teachers(nn.Module):
    """Heads that only training has: what is in each patch, and what the whole picture is."""

    def __init__(self):
        super().__init__()
        self.kind = nn.Linear(WIDTH, len(labels.PATCH_KINDS))
        self.colour = nn.Linear(WIDTH, len(labels.PATCH_COLOURS))
        self.order = nn.Linear(WIDTH, labels.THINGS + 1)
        self.box = nn.Linear(WIDTH, 4)
        self.answers = nn.Linear(WIDTH, sum(map(len, labels.QUESTIONS.values())))

"""Writes the trained network as a folder that `transformers` and our runtime load:
`python -m speech.export WORK FOLDER`, from the folder above."""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperTokenizerFast

from . import network, tokens


def config():
    return WhisperConfig(
        architectures=["WhisperForConditionalGeneration"], vocab_size=tokens.VOCABULARY, num_mel_bins=network.BANDS,
        d_model=network.WIDTH, encoder_layers=network.ENCODER_LAYERS, decoder_layers=network.DECODER_LAYERS,
        encoder_attention_heads=network.HEADS, decoder_attention_heads=network.HEADS,
        encoder_ffn_dim=network.ENCODER_INNER, decoder_ffn_dim=network.DECODER_INNER,
        max_source_positions=network.SOUND_POSITIONS, max_target_positions=network.TEXT_POSITIONS,
        activation_function="gelu", dropout=0.0, scale_embedding=False, bos_token_id=tokens.END,
        eos_token_id=tokens.END, pad_token_id=tokens.END, decoder_start_token_id=tokens.START,
        suppress_tokens=None, begin_suppress_tokens=None, dtype="float16")


def generation():
    """What generating needs to know.  Nothing is suppressed: all tokens were learnt, and silence may end at once."""
    return GenerationConfig(
        alignment_heads=[list(head) for head in network.ALIGNMENT_HEADS], begin_suppress_tokens=[], suppress_tokens=[],
        bos_token_id=tokens.END, eos_token_id=tokens.END, pad_token_id=tokens.END,
        decoder_start_token_id=tokens.START, is_multilingual=True, lang_to_id={"<|en|>": tokens.ENGLISH},
        task_to_id={"transcribe": tokens.TRANSCRIBE, "translate": tokens.TRANSLATE}, language="en", task="transcribe",
        max_initial_timestamp_index=None, max_length=network.TEXT_POSITIONS, no_timestamps_token_id=tokens.NO_TIMES,
        prev_sot_token_id=tokens.PREVIOUS, return_timestamps=False,
        # Of the words of known voices a greedy search gets half as many again wrong.
        num_beams=5,
        # Windows were learnt one by one, without the text before them.
        condition_on_prev_tokens=False,
        # It hears whispering, which transcribe's built-in detector takes for silence, and knows silence itself.
        curbcut=dict(knows="synthetic English speech", tells_silence=True))


def export(state, tokenizer, folder):
    """Writes weights of `network.Whisper` in float16, and the files beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {"model." + name: value.to(torch.float16).contiguous() for name, value in state.items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    config().save_pretrained(folder)
    generation().save_pretrained(folder)
    WhisperFeatureExtractor(
        feature_size=network.BANDS, chunk_length=tokens.SECONDS).save_pretrained(folder)
    fast = WhisperTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<|endoftext|>", eos_token="<|endoftext|>", unk_token="<|endoftext|>",
        pad_token="<|endoftext|>", additional_special_tokens=tokens.CONTROLS[1:], model_max_length=network.TEXT_POSITIONS)
    fast.save_pretrained(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    state = torch.load(options.work / "checkpoint.pt", map_location="cpu")
    export(state["average"], Tokenizer.from_file(str(options.work / "tokenizer.json")), options.folder)
    print(json.dumps(dict(step=state["step"], bytes=(options.folder / "model.safetensors").stat().st_size)))


if __name__ == "__main__":
    main()

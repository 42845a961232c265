/// Whisper: a transformer that hears 30 seconds of sound and writes what is said.
///
/// Radford and others, "Robust Speech Recognition via Large-Scale Weak Supervision", 2022. Names and
/// arithmetic follow `transformers`, `models/whisper/modeling_whisper.py`, and `openai/whisper`,
/// `decoding.py`, `transcribe.py` and `timing.py`. In the order of the data:
///
/// - `Whisper.Config`: `config.json`
/// - `Whisper.Encoder`: log-mel frames to one row per 20 ms
/// - `Whisper.Decoder`: rows to weights of the next token
package enum Whisper {}

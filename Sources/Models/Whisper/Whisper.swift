/// Whisper: a transformer that hears 30 seconds of sound and writes what is said.
///
/// Radford and others, "Robust Speech Recognition via Large-Scale Weak Supervision", 2022. Names and
/// arithmetic follow `transformers`, `models/whisper/modeling_whisper.py`, and `openai/whisper`,
/// `decoding.py`, `transcribe.py` and `timing.py`. In the order of the data:
///
/// - `Whisper.Config`, `Whisper.Settings`: the model's files; `Whisper.Parts` holds all of them
/// - `Whisper.Encoder`: log-mel frames to one row per 20 ms
/// - `Whisper.Decoder`: rows to weights of the next token
/// - `Whisper.Prompt`: what the decoder reads first
/// - `Whisper.SuppressionRule`, `Whisper.TimestampRule`: what it may not write
/// - `Whisper.Sampling`, `Whisper.BeamSearch`: how a text is looked for
/// - `Whisper.Attempt`, `Whisper.Fallback`: whether it is believed
/// - `Whisper.Pieces`: where it is cut
/// - `Whisper.Recognizer`: all of it
package enum Whisper {}

/// BLIP: a vision transformer, and a BERT that looks at what it saw while it writes.
///
/// Li and others, "BLIP: Bootstrapping Language-Image Pre-training for Unified Vision-Language
/// Understanding and Generation", 2022. Names and arithmetic follow `transformers`,
/// `models/blip/modeling_blip.py` and `modeling_blip_text.py`. In the order of the data:
///
/// - `Blip.Config`: `config.json`
/// - `Blip.VisionEncoder`: pixels to one row per patch
/// - `Blip.TextDecoder`: rows to words, for captions and answers
/// - `Blip.QuestionEncoder`: a question, read while looking at the picture
/// - `Blip.Viewer`: what the two models below share
/// - `Blip.Captioner`, `Blip.Answerer`: all of it, from `Image` to `Description`
///
/// Not here: image-text matching, and pictures of another size than the model's own.
package enum Blip {}

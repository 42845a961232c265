/// CLIP: pictures and texts as directions in one space, where those that belong together are near.
///
/// Radford and others, "Learning Transferable Visual Models From Natural Language Supervision",
/// 2021. Names and arithmetic follow `transformers`, `models/clip/modeling_clip.py`. In the order of
/// the data:
///
/// - `Clip.Config`: `config.json`
/// - `Clip.VisionEncoder`: pixels to the picture's direction
/// - `Clip.TextEncoder`: tokens to the text's direction
/// - `Clip.Embedder`: a picture's part of it, from `Image` to `Direction`
///
/// Not here: pictures of another size than the model's own, and a task that uses texts.
package enum Clip {}

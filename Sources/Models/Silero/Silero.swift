/// Silero VAD: a small network that weighs, every 32 ms, whether somebody speaks.
///
/// The Silero team's voice activity detector, versions 5 and 6, of which the part for 16 kHz is
/// computed. Names follow the published safetensors; arithmetic follows `snakers4/silero-vad`,
/// `src/silero_vad/utils_vad.py` (chunks and their context) and the graph of
/// `silero_vad_16k_op15.onnx`. In the order of the data:
///
/// - `Silero.Spectrum`: samples to magnitudes, by the file's own Fourier basis
/// - `Silero.Network`: magnitudes to a probability, with a memory of what went before
/// - `Silero.Detector`: both, as a `VoiceDetector`
///
/// Sizes are those of the tensors: chunk, context and hop are 2, 1/4 and 1/2 windows, which are 512,
/// 64 and 128 samples with the published window of 256. Not here: the part for 8 kHz.
package enum Silero {}

"""The log-mel spectrum exactly as `WhisperFeatureExtractor` computes it, for sound of whole windows."""

import torch
from transformers.audio_utils import mel_filter_bank

SAMPLE_RATE = 16000
_WINDOW, _HOP, _BANDS = 400, 160, 80
_hann = torch.hann_window(_WINDOW)
_filters = torch.from_numpy(mel_filter_bank(
    num_frequency_bins=1 + _WINDOW // 2, num_mel_filters=_BANDS, min_frequency=0.0, max_frequency=8000.0,
    sampling_rate=SAMPLE_RATE, norm="slaney", mel_scale="slaney")).float().T.contiguous()


def log_mel(samples):
    """From windows of 160 000 samples between -1 and 1 to 80 bands of 1 000 frames each."""
    spectrum = torch.stft(samples, _WINDOW, _HOP, window=_hann.to(samples.device), return_complex=True)
    power = spectrum[..., :-1].abs() ** 2
    logarithm = torch.clamp(_filters.to(samples.device) @ power, min=1e-10).log10()
    return (torch.maximum(logarithm, logarithm.amax((-2, -1), keepdim=True) - 8.0) + 4.0) / 4.0

#!/bin/sh
# Makes the films of this folder with FFmpeg 5.1, Pillow and Curbcut's own tools.
# Usage: Tests/Fixtures/films/make_films.sh, with python that has Pillow and numpy and with speak in PATH
set -eu
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

draw() { (cd "$root/examples/starter-models" && python draw_scene.py "$1" "$work/$2.png" --size 480x360 --of one --of two); }
draw 1 butterfly
draw 2 duck
draw 13 leaf
ffmpeg -v error -y -f lavfi -i color=white:s=480x360 -frames:v 1 -vf \
    "drawtext=text='PLEASE RING THE BELL':fontsize=32:x=40:y=160" "$work/card.png"

# A second of black, a butterfly for 4 s, a duck for 5 s, a leaf for 4 s, a card for 3 s; words from
# 5.5 s on, in a low hum.
echo "Look at that, it is the bird that we saw by the lake." | speak -o "$work/said.wav"
ffmpeg -v error -y -f lavfi -i color=black:s=480x360:r=10:d=1 \
    -loop 1 -framerate 10 -t 4 -i "$work/butterfly.png" -loop 1 -framerate 10 -t 5 -i "$work/duck.png" \
    -loop 1 -framerate 10 -t 4 -i "$work/leaf.png" -loop 1 -framerate 10 -t 3 -i "$work/card.png" \
    -i "$work/said.wav" -f lavfi -i "sine=f=110:r=16000:d=17" -filter_complex \
    "[0][1][2][3][4]concat=n=5,format=yuv420p[v];[5]aresample=16000,adelay=5500:all=1,apad=whole_dur=17[w];[6]volume=-32dB[h];[w][h]amix=2:normalize=0[a]" \
    -map '[v]' -map '[a]' -c:v libx264 -preset veryslow -crf 36 -g 50 -c:a aac -b:a 16k -ac 1 \
    -fflags +bitexact -flags +bitexact -movflags +faststart scenes.mp4

# SMPTE bars: as they are, with pixels twice as wide as high, turned, and as film of high dynamic range.
bars="-f lavfi -i smptebars=s=160x90:r=10:d=0.5"
same="-fflags +bitexact -flags +bitexact -c:v libx264 -crf 12"
ffmpeg -v error -y $bars $same -pix_fmt yuv420p bars.mp4
ffmpeg -v error -y $bars $same -vf setsar=2/1 -pix_fmt yuv420p bars-wide-pixels.mp4
ffmpeg -v error -y -i bars.mp4 -c copy -metadata:s:v:0 rotate=90 -fflags +bitexact bars-turned.mp4
hdr() {
    ffmpeg -v error -y $bars -vf "format=gbrpf32le,zscale=pin=709:tin=bt709:min=gbr:rin=full:p=2020:t=$2:m=2020_ncl:r=limited:npl=203,format=yuv420p10le" \
        -c:v libx265 -x265-params "log-level=error:crf=10:colorprim=bt2020:transfer=$2:colormatrix=bt2020nc" \
        -color_primaries bt2020 -color_trc "$2" -colorspace bt2020nc -tag:v hvc1 -fflags +bitexact "$1"
}
hdr bars-pq.mp4 smpte2084
hdr bars-hlg.mp4 arib-std-b67

# Two pictures, half a second red and then a second blue, as animations.
two="-f lavfi -i color=red:s=64x48:r=2:d=0.5 -f lavfi -i color=blue:s=64x48:r=2:d=1"
ffmpeg -v error -y $two -filter_complex "[0][1]concat" -fflags +bitexact animation.gif
ffmpeg -v error -y $two -filter_complex "[0][1]concat" -f apng animation.png
python - <<'END'
from PIL import Image
red, blue = (Image.new("RGB", (64, 48), colour) for colour in ("red", "blue"))
red.save("animation.webp", save_all=True, append_images=[blue], duration=[500, 1000], lossless=True)
END

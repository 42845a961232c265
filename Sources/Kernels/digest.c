// XXH64, on little-endian machines.
//
// Source: Cyan4973/xxHash, doc/xxhash_spec.md, "XXH64 Algorithm Description".
#include "digest.h"

#include <string.h>

static const uint64_t P1 = 0x9E3779B185EBCA87, P2 = 0xC2B2AE3D27D4EB4F, P3 = 0x165667B19E3779F9,
                      P4 = 0x85EBCA77C2B2AE63, P5 = 0x27D4EB2F165667C5;

static uint64_t turned(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

static uint64_t round_of(uint64_t sum, uint64_t lane) { return turned(sum + lane * P2, 31) * P1; }

static uint64_t merged(uint64_t sum, uint64_t lane) {
    return (sum ^ round_of(0, lane)) * P1 + P4;
}

static uint64_t eight(const uint8_t *at) {
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

// What is left after whole stripes, fewer than 32 bytes, and the last mixing.
static uint64_t finished(uint64_t sum, const uint8_t *at, const uint8_t *end) {
    for (; end - at >= 8; at += 8) sum = turned(sum ^ round_of(0, eight(at)), 27) * P1 + P4;
    if (end - at >= 4) {
        uint32_t lane;
        memcpy(&lane, at, sizeof lane);
        sum = turned(sum ^ lane * P1, 23) * P2 + P3;
        at += 4;
    }
    for (; at < end; at++) sum = turned(sum ^ *at * P5, 11) * P1;
    sum = (sum ^ sum >> 33) * P2;
    sum = (sum ^ sum >> 29) * P3;
    return sum ^ sum >> 32;
}

uint64_t cc_digest(const void *bytes, size_t count, uint64_t seed) {
    if (!count) return finished(seed + P5, NULL, NULL);
    const uint8_t *at = bytes, *end = at + count;
    if (count < 32) return finished(seed + P5 + count, at, end);
    uint64_t a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
    for (; end - at >= 32; at += 32) {
        a = round_of(a, eight(at));
        b = round_of(b, eight(at + 8));
        c = round_of(c, eight(at + 16));
        d = round_of(d, eight(at + 24));
    }
    uint64_t sum = turned(a, 1) + turned(b, 7) + turned(c, 12) + turned(d, 18);
    sum = merged(merged(merged(merged(sum, a), b), c), d);
    return finished(sum + count, at, end);
}

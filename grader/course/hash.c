#include "course/hash.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

void hash_piece(struct sha256_ctx *hash, const void *bytes, size_t len)
{
    hash_number(hash, (long)len);
    sha256_update(hash, len, bytes);
}

void hash_string(struct sha256_ctx *hash, const char *string)
{
    if (string)
        hash_piece(hash, string, strlen(string));
    else
        hash_number(hash, -1);
}

/* Byte by byte, so that every machine gets the same. */
void hash_number(struct sha256_ctx *hash, long number)
{
    uint8_t bytes[8];
    uint64_t rest = (uint64_t)number;
    for (int i = 0; i < 8; i++, rest >>= 8)
        bytes[i] = (uint8_t)rest;
    sha256_update(hash, sizeof bytes, bytes);
}

char *hash_text(struct sha256_ctx *hash, char text[static HASH_TEXT])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof digest, digest);
    char *end = stpcpy(text, "sha256:");
    for (size_t i = 0; i < sizeof digest; i++)
        end += sprintf(end, "%02x", digest[i]);
    return text;
}

// SHA-256 of a statement's bytes, by nettle: it ties a report to the file it judges.

#include <nettle/sha2.h>
#include <rankscape/report/statement_head.hpp>

#include <array>

namespace rankscape {

std::string sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
  sha256_update(&context, input.size(), input.data());
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  std::string text;
  for (const unsigned byte : digest) {
    text += hexadecimal[byte >> 4U];
    text += hexadecimal[byte & 15U];
  }
  return text;
}

}  // namespace rankscape

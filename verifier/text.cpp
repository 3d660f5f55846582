// Texts that others wrote, on their way to a terminal; and their hashes.
#include <nettle/sha2.h>

#include "verifier/verify.hpp"

namespace verifier {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  for (const char c : text.substr(0, 2000)) {
    if (c >= ' ' && c <= '~' && c != '\\') {
      result += c;
    } else {
      (result += "\\x") += {digits[static_cast<unsigned char>(c) >> 4U], digits[static_cast<unsigned char>(c) & 15U]};
    }
  }
  return text.size() > 2000 ? result + ".." : result;
}

std::string sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::uint8_t hash[SHA256_DIGEST_SIZE];
  sha256_digest(&context, sizeof hash, hash);
  std::string text;
  for (const std::uint8_t byte : hash) text += {digits[byte >> 4U], digits[byte & 15U]};
  return text;
}

}  // namespace verifier

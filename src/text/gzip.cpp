// zlib does the work; lengths are checked while they come.
#include "text/gzip.hpp"

#include <zlib.h>

#include <array>
#include <new>
#include <rankscape/error.hpp>
#include <vector>

namespace rankscape::text {

namespace {

constexpr int gzip_format = 15 + 16;  // of windowBits: the largest window, a gzip header

class Inflater {
 public:
  Inflater() {
    if (::inflateInit2(&stream, gzip_format) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;
  ~Inflater() { ::inflateEnd(&stream); }

  z_stream stream{};
};

}  // namespace

bool named_gzip(std::string_view name) {
  return name.ends_with(".gz");
}

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b");
}

std::string gunzip(std::string_view bytes, const std::string& name, std::size_t most) {
  Inflater inflater;
  z_stream& stream = inflater.stream;
  std::string text;
  std::vector<char> part(std::size_t{1} << 16U);
  std::size_t given = 0;  // of `bytes`, to zlib
  int state = Z_OK;
  while (true) {
    if (stream.avail_in == 0 && given < bytes.size()) {
      const std::size_t count = std::min(bytes.size() - given, part.size());
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): zlib reads only, but was written before const was
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + given));
      stream.avail_in = static_cast<uInt>(count);
      given += count;
    }
    if (state == Z_STREAM_END) {
      if (stream.avail_in == 0) return text;
      ::inflateReset(&stream);  // another member follows
    }
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    state = ::inflate(&stream, Z_NO_FLUSH);
    if (state == Z_MEM_ERROR) throw std::bad_alloc();
    const std::size_t count = part.size() - stream.avail_out;
    if (state == Z_BUF_ERROR || (state == Z_OK && count == 0 && stream.avail_in == 0 && given == bytes.size()))
      throw InputError(name + ": the compressed file is cut off");
    if (state != Z_OK && state != Z_STREAM_END) throw InputError(name + ": the compressed file is damaged");
    text.append(part.data(), count);
    if (text.size() > most) {
      throw InputError(name + ": larger than " + std::to_string(most >> 20U) +
                       " MiB when it is decompressed, which no such file is");
    }
  }
}

struct GzipBuffer::State {
  explicit State(std::streambuf& to) : out(to) {}
  std::streambuf& out;
  z_stream stream{};
  std::array<char, std::size_t{1} << 16U> in{};
  std::array<char, std::size_t{1} << 16U> compressed{};
};

GzipBuffer::GzipBuffer(std::streambuf& out) : state_(std::make_unique<State>(out)) {
  if (::deflateInit2(&state_->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_format, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  setp(state_->in.data(), state_->in.data() + state_->in.size());
}

GzipBuffer::~GzipBuffer() {
  ::deflateEnd(&state_->stream);
}

bool GzipBuffer::compress(bool last) {
  z_stream& stream = state_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(pbase());
  stream.avail_in = static_cast<uInt>(pptr() - pbase());
  do {
    stream.next_out = reinterpret_cast<Bytef*>(state_->compressed.data());
    stream.avail_out = static_cast<uInt>(state_->compressed.size());
    ::deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);  // fails only where the state was overwritten
    const auto count = static_cast<std::streamsize>(state_->compressed.size() - stream.avail_out);
    if (state_->out.sputn(state_->compressed.data(), count) != count) return false;
  } while (stream.avail_out == 0);
  setp(state_->in.data(), state_->in.data() + state_->in.size());
  return true;
}

GzipBuffer::int_type GzipBuffer::overflow(int_type c) {
  if (!compress(false)) return traits_type::eof();
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  return sputc(traits_type::to_char_type(c));
}

bool GzipBuffer::finish() {
  return compress(true);
}

}  // namespace rankscape::text

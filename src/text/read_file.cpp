// Devices and pipes do not know their length, so bytes are counted while they come.
#include "text/read_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <rankscape/error.hpp>
#include <system_error>
#include <vector>

namespace rankscape::text {

std::string read_file(const std::string& path, std::size_t most) {
  namespace fs = std::filesystem;
  const bool standard_input = path == "-";
  const auto too_long = [&] {
    throw InputError(path + ": larger than " + std::to_string(most >> 20U) + " MiB, which no such file is");
  };
  std::error_code error;
  std::ifstream file;
  if (!standard_input) {
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) throw InputError(path + ": no such file");
    if (fs::is_directory(status)) throw InputError(path + ": is a directory");
    if (fs::is_regular_file(status) && fs::file_size(path, error) > most && !error) too_long();
    errno = 0;
    file.open(path, std::ios::binary);
    if (!file.is_open())
      throw InputError(path + ": cannot be read: " + std::generic_category().message(errno != 0 ? errno : EIO));
  }
  std::istream& in = standard_input ? std::cin : file;
  std::string text;
  std::vector<char> part(std::size_t{1} << 16U);
  while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0) {
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > most) too_long();
  }
  if (in.bad())
    throw InputError(path + ": cannot be read: " + std::generic_category().message(errno != 0 ? errno : EIO));
  return text;
}

}  // namespace rankscape::text

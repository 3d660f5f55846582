// Runs a fuzz target on the files and folders named: replay PATH...
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "fuzz/target.hpp"

namespace fs = std::filesystem;

namespace {

void replay(const fs::path& path, unsigned& count) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::cerr << path.string() << std::endl;  // the last line before a crash names the file
  fuzz(bytes);
  for (const std::size_t half : {bytes.size() / 2, bytes.size() / 3})  // and truncated
    fuzz(std::string_view(bytes).substr(0, half));
  ++count;
}

}  // namespace

int main(int argc, char** argv) {
  unsigned count = 0;
  for (int k = 1; k < argc; ++k) {
    if (fs::is_directory(argv[k])) {
      for (const auto& entry : fs::recursive_directory_iterator(argv[k])) {
        if (entry.is_regular_file()) replay(entry.path(), count);
      }
    } else {
      replay(argv[k], count);
    }
  }
  std::cout << count << " inputs replayed\n";
  return count > 0 ? 0 : 1;
}

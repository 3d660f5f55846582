// Readers of arrays: the same numbers in every format, by NumPy's own writer and without it; and files that are
// damaged, cut off or lie about their lengths.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <rankscape/error.hpp>
#include <set>

#include "cli/program.hpp"
#include "near/arrays.hpp"

using namespace rankscape;
using namespace rankscape::near;
using test::TemporaryFolder;

namespace {

std::string bytes_of(const std::string& name) {
  return test::read_file(std::string(RANKSCAPE_NEAR_DATA) + "/" + name);
}

// What the reader says: nothing where it reads the bytes.
std::string refusal(const std::string& bytes, const std::string& name) {
  try {
    static_cast<void>(arrays_of(bytes, name));
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

bool says(const std::string& bytes, const std::string& name, const std::string& word) {
  const std::string reason = refusal(bytes, name);
  CAPTURE(reason);
  CAPTURE(word);
  const bool found = reason.find(word) != std::string::npos && reason.find('\n') == std::string::npos;
  CHECK(found);
  return found;
}

bool equal(const std::vector<NamedMatrix>& a, const std::vector<NamedMatrix>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const NamedMatrix& x, const NamedMatrix& y) {
    return x.name == y.name && x.vector == y.vector && x.value == y.value;
  });
}

std::string little(std::uint64_t value, int size) {
  std::string bytes;
  for (int k = 0; k < size; ++k)
    bytes += static_cast<char>(value >> (8 * k) & 0xffU);
  return bytes;
}

std::string npy(const std::string& dictionary, const std::string& body) {
  return "\x93NUMPY" + std::string("\x01\x00", 2) + little(dictionary.size(), 2) + dictionary + body;
}

std::string npy_of(const std::string& type, const std::string& shape, const std::string& body) {
  return npy("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n", body);
}

std::string tensors(const std::string& header, const std::string& body) {
  return little(header.size(), 8) + header + body;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the same numbers in every type: as NumPy writes them, as safetensors, and spelled by Python") {
    const auto spelled = arrays_of(bytes_of("number-types.json"), "number-types.json");
    const auto packed = arrays_of(bytes_of("number-types.npz"), "number-types.npz");
    const auto tensored = arrays_of(bytes_of("number-types.safetensors"), "number-types.safetensors");
    CHECK(spelled.size() == 12);
    CHECK(packed.size() == 11);
    CHECK(tensored.size() == 11);
    for (const auto* list : {&packed, &tensored})
      for (const NamedMatrix& array : *list) {
        CAPTURE(array.name);
        const auto twin =
            std::find_if(spelled.begin(), spelled.end(), [&](const auto& other) { return other.name == array.name; });
        REQUIRE(twin != spelled.end());
        CHECK(twin->value == array.value);
        CHECK(twin->vector == array.vector);
      }
  }

  TEST_CASE("a damaged archive is refused or reads as if it were whole") {
    const std::string whole = bytes_of("number-types.npz");
    const auto arrays = arrays_of(whole, "a.npz");
    for (std::size_t length = 0; length < whole.size(); ++length)
      CHECK_FALSE(refusal(whole.substr(0, length), "a.npz").empty());
    std::size_t harmless = 0;
    for (std::size_t at = 0; at < whole.size(); at += at < 200 ? 1 : 7) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 0x11);
      if (!refusal(changed, "a.npz").empty()) continue;
      ++harmless;  // dates, attributes
      CHECK(equal(arrays_of(changed, "a.npz"), arrays));
    }
    CHECK(harmless < whole.size() / 14);
  }

  TEST_CASE("the end of an archive is the record that closes the file") {
    const std::string whole = bytes_of("narrow-step-003800.npz");
    const auto arrays = arrays_of(whole, "a.npz");
    const auto commented = [&](const std::string& comment) {
      std::string text = whole;
      text.replace(text.size() - 2, 2, little(comment.size(), 2));
      return text + comment;
    };
    CHECK(equal(arrays_of(commented("PK\x05\x06"), "a.npz"), arrays));
    CHECK(equal(arrays_of(commented(std::string("PK\x05\x06") + std::string(18, '\0')), "a.npz"), arrays));
    CHECK(equal(arrays_of(commented(std::string(65535, 'x')), "a.npz"), arrays));
    says(whole + "PK\x05\x06", "a.npz", "end of the archive is damaged");
    says("front" + whole, "a.npz", "end of the archive is damaged");
    says(whole + whole, "a.npz", "end of the archive is damaged");
    says("", "a.npz", "not a zip archive");
    std::string twice = whole;
    replace_all(twice, "layer_02.npy", "layer_01.npy");
    says(twice, "a.npz", "stands twice");
    std::string split = whole;
    split[split.size() - 18] = 1;  // the number of this part
    says(split, "a.npz", "several parts");
    // a member that claims four gigabytes of its few bytes
    std::string claims = bytes_of("number-types.npz");
    const std::size_t entry = claims.find("PK\x01\x02");
    claims.replace(entry + 24, 4, little(0x0ffffff0, 4));
    says(claims, "a.npz", "claims more bytes than it can hold");
    claims.replace(entry + 24, 4, little(0xfffffff0, 4));
    says(claims, "a.npz", "larger than 256 MiB");
    std::string encrypted = whole;
    encrypted[encrypted.find("PK\x01\x02") + 8] |= 1;
    says(encrypted, "a.npz", "encrypted");
  }

  TEST_CASE(".npy: types, shapes and entries that are no finite matrix") {
    const std::string body(24, '\0');
    CHECK(refusal(npy_of("<f4", "(2, 3)", body), "a.npy").empty());
    CHECK(refusal(npy_of("<f4", "(6,)", body), "a.npy").empty());
    says(npy_of("<f4", "(2, 3)", body + "x"), "a.npy", "not as many bytes");
    says(npy_of("<f4", "(2, 3, 1)", body), "a.npy", "3 dimensions");
    says(npy_of("<f4", "()", body), "a.npy", "not as many bytes");
    CHECK(refusal(npy_of("<f4", "()", body.substr(0, 4)), "a.npy").empty());
    says(npy_of("<f4", "(999999999, 999999999)", body), "a.npy", "rows");
    says(npy_of("<f4", "(99999999999999999999, 1)", body), "a.npy", "too large");
    says(npy_of("<f4", "(16777216, 16777216)", body), "a.npy", "too large");
    says(npy_of("<f4", "(-2, 3)", body), "a.npy", "negative");
    says(npy_of("<f4", "(2, 3x)", body), "a.npy", "damaged");
    says(npy_of("<c8", "(1, 3)", body), "a.npy", "entries of type");
    says(npy_of("|O", "(1, 3)", body), "a.npy", "pickled");
    says(npy_of("|b1", "(4, 6)", body), "a.npy", "entries of type");
    says(npy_of("<f4", "(2, 3)", body.substr(4) + std::string("\0\0\xc0\x7f", 4)), "a.npy", "entry (2, 3) is NaN");
    says(npy_of("<f8", "(1, 3)", std::string("\0\0\0\0\0\0\xf0\x7f", 8) + body.substr(8)), "a.npy",
         "entry (1, 1) is infinite");
    const std::string one = npy_of("<f4", "(2, 3)", body);
    for (std::size_t length = 0; length < one.size(); ++length)
      CHECK_FALSE(refusal(one.substr(0, length), "a.npy").empty());
    std::string later = one;
    later[6] = 4;
    says(later, "a.npy", "version");
  }

  TEST_CASE("safetensors: headers and offsets that do not fit the bytes") {
    const auto with = [](const std::string& entry, const std::string& body) {
      return tensors("{\"W\": " + entry + "}", body);
    };
    const std::string four(4, '\0');
    CHECK(refusal(with(R"({"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]})", four), "a.safetensors").empty());
    for (const auto& [entry, word] : std::initializer_list<std::pair<const char*, const char*>>{
             {R"({"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 8]})", "overlap"},
             {R"({"dtype": "F32", "shape": [1, 1], "data_offsets": [1, 4]})", "overlap"},
             {R"({"dtype": "F16", "shape": [1, 1], "data_offsets": [0, 2]})", "belong to no tensor"},
             {R"({"dtype": "F32", "shape": [1, 1], "data_offsets": [4, 0]})", "beginning and end"},
             {R"({"dtype": "F32", "shape": [1, 1], "data_offsets": [-4, 0]})", "natural numbers"},
             {R"({"dtype": "F32", "shape": [1, 1], "data_offsets": [0.0, 4.0]})", "natural numbers"},
             {R"({"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 4]})", "not as many bytes"},
             {R"({"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 4]})", "too large"},
             {R"({"dtype": "F32", "shape": [9223372036854775808, 2], "data_offsets": [0, 4]})", "too large"},
             {R"({"dtype": "F32", "shape": [1, 1, 1], "data_offsets": [0, 4]})", "3 dimensions"},
             {R"({"dtype": "F32", "shape": [], "data_offsets": [0, 0]})", "belong to no tensor"},
             {R"({"dtype": "F16", "shape": [], "data_offsets": [0, 4]})", "not as many bytes"},
             {R"({"dtype": "BOOL", "shape": [4], "data_offsets": [0, 4]})", "type BOOL"},
             {R"({"dtype": 3, "shape": [1, 1], "data_offsets": [0, 4]})", "dtype"},
             {R"({"shape": [1, 1], "data_offsets": [0, 4]})", "dtype"},
             {R"([1])", "dtype"},
             {R"({"dtype": "F32", "shape": 1, "data_offsets": [0, 4]})", "shape"}})
      says(with(entry, four), "a.safetensors", word);
    const std::string good = R"({"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]})";
    says(with(good, std::string("\0\0\x80\xff", 4)), "a.safetensors", "W: entry (1, 1) is infinite");
    says(tensors("{\"W\": " + good + ", \"W\": " + good + "}", four), "a.safetensors", "stands twice");
    says(tensors("{\"W\": " + good + ", \"V\": " + good + "}", four), "a.safetensors", "overlap");
    says(tensors(std::string(10000, '['), ""), "a.safetensors", "not a file of the format");
    says(tensors("{\"a\":" + std::string(10000, '['), ""), "a.safetensors", "nested");
    says(little(std::uint64_t{1} << 63U, 8) + "{}", "a.safetensors", "not a file of the format");
    const std::string whole = bytes_of("number-types.safetensors");
    for (std::size_t length = 0; length < whole.size(); ++length)
      CHECK_FALSE(refusal(whole.substr(0, length), "a.safetensors").empty());
    for (std::size_t at = 0; at < whole.size(); at += 3) {  // read or refused, nothing else
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 0x55);
      static_cast<void>(refusal(changed, "a.safetensors"));
    }
  }

  TEST_CASE("text: CSV, JSON and hexadecimal floats") {
    const auto csv = arrays_of("0x1.8p+1, -0x.8\n1/3; 1e-2\n\n", "a.csv");
    REQUIRE(csv.size() == 1);
    CHECK(csv[0].value(0, 0) == 3);
    CHECK(csv[0].value(0, 1) == Rational(-1, 2));
    CHECK(csv[0].value(1, 0) == Rational(1, 3));
    CHECK(csv[0].value(1, 1) == Rational(1, 100));
    says("1,2\n3\n", "a.csv", "row 2 has 1 entries");
    says("1,nan\n", "a.csv", "entry (1, 2) is nan");
    says("a,b\n1,2\n", "a.csv", "entry (1, 1)");
    for (const char* text : {"0x", "0x1p", "0x1p+", "0x1p99999999999", "0x1.8q", "0x1..8", "0x1.8p1.5", "-0xg"})
      says(text, "a.csv", "hexadecimal");
    says("0x" + std::string(5000, '1'), "a.csv", "100 characters");
    for (const char* text : {"[1]", "{\"W\": \"one\"}", "{\"W\": true}", "{\"W\": [[1], [1, 2]]}", "{\"W\": [[NaN]]}",
                             "{", "{\"W\": [null]}"})
      CHECK_FALSE(refusal(text, "a.json").empty());
    const auto one = arrays_of("{\"S1\": \"3/2\"}", "a.json");
    REQUIRE(one.size() == 1);
    CHECK(one[0].scalar);
    CHECK(one[0].value(0, 0) == Rational(3, 2));
    const auto json = arrays_of(R"({"b": [1, "0x1p-1"], "a": [[0.5]]})", "a.json");
    REQUIRE(json.size() == 2);
    CHECK(json[0].name == "a");
    CHECK_FALSE(json[0].vector);
    CHECK(json[1].vector);
    CHECK(json[1].value(1, 0) == Rational(1, 2));
  }

  TEST_CASE("a folder is an array for each file; what is pickled is refused with the line that converts it") {
    const TemporaryFolder folder;
    const std::string path = (folder / "").string();
    const auto refused = [&](const std::string& file) -> std::string {
      try {
        static_cast<void>(read_arrays(file));
      } catch (const InputError& error) {
        return error.what();
      }
      return {};
    };
    CHECK(refused(path).find("empty folder") != std::string::npos);
    test::write_text(folder / "w10.csv", "1,2\n");
    test::write_text(folder / "w9.csv", "1\n2\n");
    const auto arrays = read_arrays(path);
    REQUIRE(arrays.size() == 2);
    CHECK(arrays[0].name == "w9");
    CHECK(arrays[1].value.cols() == 2);
    test::write_text(folder / "w9.npy", npy_of("<f4", "(1, 1)", std::string(4, '\0')));
    CHECK(refused(path).find("two files are called w9") != std::string::npos);
    test::write_text(folder / "notes.txt", "x");
    CHECK(refused(path).find("notes.txt: expected .npy or .csv") != std::string::npos);
    for (const char* name : {"model.pt", "model.pth"}) {
      CHECK(refused(name).find("save_file") != std::string::npos);
      CHECK(refused(name).find('\n') == std::string::npos);
    }
    CHECK(refused("model.pkl").find("pickled") != std::string::npos);
    CHECK(refused("model.h5").find("HDF5") != std::string::npos);
    CHECK(refused("model").find("expected a name that ends in") != std::string::npos);
  }

  TEST_CASE("natural order is a total order") {
    CHECK(natural_less("net.2.weight", "net.10.weight"));
    CHECK_FALSE(natural_less("net.10.weight", "net.2.weight"));
    CHECK(natural_less("w01", "w1") != natural_less("w1", "w01"));
    std::mt19937 random(5);
    std::set<std::string> made{"w1", "w01", "w001", "w", "", "0", "00", "w1a", "w01a", "w01b"};
    while (made.size() < 40) {
      std::string name;
      for (unsigned k = random() % 6; k > 0; --k)
        name += "019a.w"[random() % 6];
      made.insert(name);
    }
    const std::vector<std::string> names(made.begin(), made.end());
    for (const std::string& a : names)
      for (const std::string& b : names) {
        CHECK(static_cast<int>(natural_less(a, b)) + static_cast<int>(natural_less(b, a)) == (a == b ? 0 : 1));
        for (const std::string& c : names)
          if (natural_less(a, b) && natural_less(b, c) && !natural_less(a, c)) FAIL_CHECK(a, " ", b, " ", c);
      }
  }
}

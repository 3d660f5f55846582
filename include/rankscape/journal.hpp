#pragma once
// A run that can be killed at any moment: finished cases are appended to a journal, one line a case, and a later run
// with the same journal takes them from there and goes on. The reports then have the bytes of an uninterrupted run.
// Lines are read in the order of the run, which is that of the file, and none is held: a journal may be larger than
// memory.
//
// Every line ends with a checksum: the first 16 hexadecimal digits of the SHA-256 of the header and the line. It finds
// damage (a flipped bit, a lost block, a slip of an editor, a line of another run). It is no signature: whoever
// computes checksums can write any journal, and what a run took from one is as good as its author. Certificates are the
// answer to that.

#include <rankscape/check/run.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace rankscape {

namespace journal {

/// Bytes of an open journal whose lines are in the order of the run.
struct Piece {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  int file = -1;
  const std::string* path = nullptr;  ///< outlives it
  std::size_t source = 0;             ///< of several journals
};

}  // namespace journal

class Journal final : public RunListener, public FinishedCases {
 public:
  /// Opens or creates the journal and locks it for this process. A last line that was cut short is not read, also one
  /// that a crash left as zero bytes; of a file that does not even hold its first line only a beginning of this run's.
  /// \param run  what the journal belongs to: statements, seed, shapes, program; one line of text
  /// \throws InputError  unreadable or unwritable; locked by another process; of another run (names what differs); a
  ///                     line that is not a journal's, or not as it was written
  Journal(std::string path, const Json& run);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  Journal(Journal&&) = delete;
  Journal& operator=(Journal&&) = delete;
  ~Journal() override = default;

  /// As they were when it was opened.
  [[nodiscard]] std::unique_ptr<Reading> read() const override;
  [[nodiscard]] std::vector<Row> rows(const KeptCase& kept, const std::string& model,
                                      const std::string& key) const override;

  /// From here on it is written: first, a last line that was cut short is dropped.
  void begin(const RunPlan& plan) override;
  void case_begins(std::uint64_t number, bool taken) override;
  void row(std::size_t statement, const Row& row) override;
  /// Appends the case unless it came from the journal or ran into the time limit. \throws InputError  the disk is full
  void case_finished() override;
  void end(const std::vector<Summary>& summaries) override;

 private:
  friend class Journals;
  void load(const Json& run);
  void load_beginning() const;
  void load_header(const std::string& line, const Json& run);
  void write(const std::string& text);
  void sync();

  // closed (and so unlocked) also when the constructor throws
  struct Descriptor {
    int number = -1;
    Descriptor() = default;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor();
  };

  std::string path_;
  std::string header_;  // of this run, as it stands in the file; goes into every checksum
  Descriptor file_;
  std::uint64_t size_ = 0;                    // of the file when it was opened
  std::uint64_t whole_ = 0;                   // of that, in whole lines
  std::vector<journal::Piece> pieces_;        // of these, without the header
  std::vector<const Landscape*> landscapes_;  // of the run's statements
  // The case at hand, and its rows.
  std::uint64_t number_ = 0;
  bool taken_ = false;
  std::vector<std::pair<std::size_t, Row>> pending_;
  std::chrono::steady_clock::time_point synced_;
};

/// The journals of a run's shards.
class Journals final : public FinishedCases {
 public:
  void add(std::unique_ptr<Journal> journal);
  [[nodiscard]] std::unique_ptr<Reading> read() const override;
  [[nodiscard]] std::vector<Row> rows(const KeptCase& kept, const std::string& model,
                                      const std::string& key) const override;

 private:
  std::vector<std::unique_ptr<Journal>> journals_;
};

/// What a journal belongs to: hashes of the statements and of their landscapes, seed, shapes, samples, shard, version
/// of the program. A member "asked" may be added: the words in which the run was asked for, which do not matter to it.
[[nodiscard]] Json journal_identity(const std::vector<Statement>& statements, const RunOptions& options);

/// What an existing journal belongs to, as journal_identity. \throws InputError  not a journal of this format
[[nodiscard]] Json journal_header(const std::string& path);

}  // namespace rankscape

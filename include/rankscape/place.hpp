#pragma once
// Where something stands in its file, for complaints.

namespace rankscape {

/// Both count from 1, columns in characters. Zero: nowhere (made by mutation).
struct Place {
  int line = 0;
  int column = 0;
  [[nodiscard]] bool operator==(const Place&) const = default;
};

}  // namespace rankscape

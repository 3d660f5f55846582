#pragma once
// Checked access to the data and weights of a point file, with errors that name the place.

#include <rankscape/model.hpp>

#include <initializer_list>
#include <string_view>

namespace rankscape {

class PointReader {
 public:
  explicit PointReader(const Point& point) : point_(point) {}

  /// \throws InputError  a datum of this list is missing, or there is another one
  void require_data(std::initializer_list<std::string_view> names) const;
  /// \throws InputError  the datum is of another kind; an empty matrix
  [[nodiscard]] const RationalMatrix& matrix(std::string_view name) const;
  [[nodiscard]] const Rational& number(std::string_view name) const;
  [[nodiscard]] const std::vector<Rational>& numbers(std::string_view name) const;
  [[nodiscard]] const std::vector<RationalMatrix>& matrices(std::string_view name) const;
  /// \param place  JSON pointer; \param why  what the expected shape follows from
  /// \throws InputError
  static void require_shape(std::string_view place, const RationalMatrix& a, Index rows, Index cols,
                            std::string_view why);
  /// \throws InputError  fewer or more than `count` weights
  void require_weights(std::size_t count) const;
  /// \throws InputError  more than `limit` parameters (entries of all weights): exact evidence would not fit the
  /// machine
  void require_parameters(Index limit) const;

 private:
  template <class T>
  [[nodiscard]] const T& datum(std::string_view name, std::string_view kind) const;
  const Point& point_;
};

}  // namespace rankscape

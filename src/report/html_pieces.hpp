#pragma once
// The pieces that the HTML report is made of: elements, numbers, one case with its point and its spectrum, the words.

#include <rankscape/report/case_table.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rankscape::report {

/// <tag attributes>content</tag>. \param content  safe already
[[nodiscard]] std::string element(std::string_view tag, std::string_view attributes, std::string_view content);
/// A lower bound and an upper bound, rounded outward; one number where it is exact.
[[nodiscard]] std::string enclosure_html(const Enclosure& value);
/// The class that colours a verdict.
[[nodiscard]] std::string verdict_class(Verdict value);
/// The verdict's name, in its colour.
[[nodiscard]] std::string verdict_html(Verdict value);
/// A button that copies the text of the nearest element with the class `text` before it.
[[nodiscard]] std::string copy_button(std::string_view what);

/// What stands in the address after #: letters, digits, `-`, `_` and `.` of a text, the others as `-`.
[[nodiscard]] std::string fragment_id(std::string_view text);
/// Of a case: stable as long as its key is. \param section  id of the statement's section
[[nodiscard]] std::string case_id(const std::string& section, const Row& row);

/// What `row.recipe` builds; nullptr where the row has no recipe.
[[nodiscard]] std::unique_ptr<Instance> instance_of(const Row& row, const Landscape* landscape, std::uint64_t seed);
/// The matrices of the point, exactly, and POINT.json to copy.
[[nodiscard]] std::string point_html(const Instance& instance);

/// The eigenvalues of the Hessian on a line, signs as the exact inertia has them. \param values  in ascending order
[[nodiscard]] std::string spectrum_svg(const std::vector<Enclosure>& values, const Inertia& inertia);
/// Were eigenvalues enclosed, and not too many for a picture?
[[nodiscard]] bool has_picture(const Row& row);
/// The same with a caption. \pre has_picture of a row whose point this is and whose inertia
[[nodiscard]] std::string spectrum_html(const Instance& instance, const Inertia& inertia, const std::string& caption);

/// docs/glossary.md, as it was when the program was built, as HTML: headings, paragraphs, bold words (targets
/// `word-NAME`), code; links to other pages stay text.
[[nodiscard]] std::string glossary_html();
[[nodiscard]] std::string markdown_html(std::string_view markdown);

}  // namespace rankscape::report

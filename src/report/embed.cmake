# Writes the bytes of the file SOURCE as the string constant `NAME` into HEADER.
file(READ "${SOURCE}" text)
file(CONFIGURE OUTPUT "${HEADER}" CONTENT
[[// Generated from @SOURCE_NAME@.
#include <string_view>
namespace rankscape::report {
inline constexpr std::string_view @NAME@ = R"embedded(@text@)embedded";
}  // namespace rankscape::report
]] @ONLY)

#pragma once
// Numbers for people: no more digits than the error of a number supports.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hedgerow::results {

/// One power of a thousand for a whole table, so that its numbers can be compared at a glance.
struct Scale {
  double unit = 1.0;
  std::string_view name = "";  ///< "k", "M", "B" or nothing
};

/// The scale in which `largest` has one to three digits before the point.
Scale scale_for(double largest);

/// Decimals that the half width of an interval supports: its leading digit is the last one shown.
int decimals_for(double half_width);

/// `value` in `scale`, with `decimals` digits behind the point and thin groups of thousands in front.
std::string number(double value, int decimals);

/// Decimals that show `value` to three significant digits, for a number whose error is not known.
int decimals_for_unknown_error(double value);

/// "4.512 ± 0.002" in `scale`; without a half width "4.51 ± ?"; with 0, or what rounding leaves, the
/// number alone.
std::string with_error(double value, std::optional<double> half_width, Scale scale);

/// 1 234 567, for counts.
std::string grouped(unsigned long long count);

/// "1 path", "2 000 paths".
std::string counted(unsigned long long count, std::string_view one, std::string_view many);

/// "M USD", or "USD" where numbers stand as they are.
std::string unit_name(Scale scale, std::string_view currency);

/// `text` cut or padded to `width` characters (UTF-8), to the right or to the left.
std::string pad_left(std::string_view text, std::size_t width);
std::string pad_right(std::string_view text, std::size_t width);
std::size_t width_of(std::string_view text);

/// `front` and `text` in lines of at most `width` characters where words allow it; those below hang under the
/// text.
std::string wrapped(std::string_view front, std::string_view text, std::size_t width);

/// A name from a config without what could steer a terminal.
std::string printable(std::string_view text);

}  // namespace hedgerow::results

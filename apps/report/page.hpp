#pragma once
// Results put into the report page.

#include <string>
#include <string_view>

namespace hedgerow::report {

/// Where the results go in the page: a line in it is `<script type="application/json" …>@RESULTS@</script>`.
inline constexpr std::string_view placeholder = "@RESULTS@";

/// The same JSON, with each <, >, & and line separator (U+2028, U+2029) written as its \u escape. In JSON
/// these stand in texts only, so the value is the same, and no text of a config can end the element that
/// holds it or become markup.
std::string safe_in_html(std::string_view json);

/// `page` with the results, valid JSON, in place of the placeholder. Throws std::logic_error unless the
/// placeholder is there exactly once.
std::string with_results(std::string_view page, std::string_view results_json);

}  // namespace hedgerow::report

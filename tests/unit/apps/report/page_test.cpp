#include "apps/report/page.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace hedgerow::report {
namespace {

TEST_CASE("what could end the element or begin another is written as an escape") {
  CHECK(safe_in_html(R"({"a": "</script><img src=x onerror=alert(1)>"})") ==
        R"({"a": "\u003c/script\u003e\u003cimg src=x onerror=alert(1)\u003e"})");
  CHECK(safe_in_html(R"(["<!--<script>", "&lt;"])") == R"(["\u003c!--\u003cscript\u003e", "\u0026lt;"])");
}

TEST_CASE("line separators are escapes, their neighbours in UTF-8 stay") {
  CHECK(safe_in_html("\"\xe2\x80\xa8|\xe2\x80\xa9\"") == "\"\\u2028|\\u2029\"");
  for (const char* text :
       {"\"\xe2\x80\xa7\"", "\"\xe2\x82\xac\"", "\"\xe2", "\"\xe2\x80", "\"\xc3\xa4 \xf0\x9f\x8c\xb3\""})
    CHECK(safe_in_html(text) == text);
}

TEST_CASE("everything else stays as it is, escapes of the text too") {
  for (const char* text : {"", "{}", R"({"a": [1.5e-9, null, "\\u003c \" ' ` \n"]})", "@RESULTS@"})
    CHECK(safe_in_html(text) == text);
}

TEST_CASE("results take the place of the placeholder, whatever they hold") {
  CHECK(with_results("<p>@RESULTS@</p>", R"({"a": "<"})") == R"(<p>{"a": "\u003c"}</p>)");
  CHECK(with_results("<p>@RESULTS@</p>", R"("@RESULTS@ $& \\1")") == R"(<p>"@RESULTS@ $\u0026 \\1"</p>)");
}

TEST_CASE("a page without its placeholder, or with two, is a defect") {
  CHECK_THROWS_AS(with_results("<p></p>", "{}"), std::logic_error);
  CHECK_THROWS_AS(with_results("@RESULTS@ @RESULTS@", "{}"), std::logic_error);
}

}  // namespace
}  // namespace hedgerow::report

#include "apps/import/csv_reader.hpp"

#include <doctest/doctest.h>

#include <random>
#include <utility>

#include "apps/config/source.hpp"

namespace csv_reader_test {

using namespace hedgerow::intake;
using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(CsvReader reader) {
  Rows rows;
  for (CsvRecord record; reader.next(record);) {
    rows.emplace_back();
    for (std::size_t i = 0; i < record.size(); ++i) rows.back().emplace_back(record[i]);
  }
  return rows;
}

Rows rows_of(const std::string& text, std::size_t piece = 65536) {
  return rows_of(CsvReader("x.csv", bytes_of(text, piece)));
}

std::string complaint_about(const std::string& text, CsvLimits limits = {}) {
  try {
    rows_of(CsvReader("x.csv", bytes_of(text), limits));
  } catch (const BadData& bad) {
    return bad.what();
  }
  return "";
}

TEST_CASE("records by RFC 4180, whatever ends a line") {
  const Rows expected{{"a", "b,c", ""}, {"say \"so\"", "two\r\nlines", "x"}, {" blank ", "", "é"}};
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const std::string text =
        "a,\"b,c\"," + end + "\"say \"\"so\"\"\",\"two\r\nlines\",x" + end + " blank ,\"\",é";
    CHECK(rows_of(text) == expected);
    CHECK(rows_of(text + end) == expected);
    CHECK(rows_of("\xEF\xBB\xBF" + text + end + end) == expected);
  }
}

TEST_CASE("the same records however the bytes arrive") {
  const std::string text = "\xEF\xBB\xBFh,\"i \"\"j\"\"\"\r\n\r\n\"k\r\nl\",\"\"\r\n5\" m,\"n\"";
  const Rows whole = rows_of(text);
  REQUIRE(whole == Rows{{"h", "i \"j\""}, {"k\r\nl", ""}, {"5\" m", "n"}});
  for (std::size_t piece = 1; piece < text.size(); ++piece) {
    CHECK(rows_of(text, piece) == whole);
    CsvReader reader("x.csv", bytes_of(text, piece));
    CsvRecord record;
    for (const std::size_t line : {1u, 3u, 5u}) {  // also where a piece ends between CR and LF
      REQUIRE(reader.next(record));
      CHECK(record.place().line == line);
    }
  }
}

TEST_CASE("nothing, and nearly nothing") {
  CHECK(rows_of("").empty());
  CHECK(rows_of("\n\r\n\r").empty());
  CHECK(rows_of("\xEF\xBB\xBF").empty());
  CHECK(rows_of("\"\"") == Rows{{""}});
  CHECK(rows_of(",") == Rows{{"", ""}});
  CHECK(rows_of("\xEF") == Rows{{"\xEF"}});
}

TEST_CASE("fields know where they stand, in lines and characters, and whether they were quoted") {
  CsvReader reader("x.csv", bytes_of("äö,\"1\n2\",c\n\nd,e"));
  CsvRecord record;
  REQUIRE(reader.next(record));
  const auto at = [&](std::size_t i) { return std::pair(record.place(i).line, record.place(i).column); };
  CHECK(at(0) == std::pair<std::size_t, std::size_t>(1, 1));
  CHECK(at(1) == std::pair<std::size_t, std::size_t>(1, 4));
  CHECK(at(2) == std::pair<std::size_t, std::size_t>(2, 4));
  CHECK_FALSE(record.quoted(0));
  CHECK(record.quoted(1));
  REQUIRE(reader.next(record));
  CHECK(record.place().line == 4);
  CHECK(at(1) == std::pair<std::size_t, std::size_t>(4, 3));
  CHECK_FALSE(reader.next(record));
  CHECK_FALSE(reader.next(record));
  CHECK(reader.records() == 2);
}

TEST_CASE("a quote inside a field without quotes is taken as it stands and counted") {
  CsvReader reader("x.csv", bytes_of("5\" disk,a\"b\"\n\"ok\""));
  CsvRecord record;
  REQUIRE(reader.next(record));
  CHECK(record[0] == "5\" disk");
  CHECK(record[1] == "a\"b\"");
  CHECK(reader.stray_quotes() == 3);
  REQUIRE(reader.next(record));
  CHECK(reader.stray_quotes() == 3);
}

TEST_CASE("what is no CSV is refused with its place") {
  CHECK(complaint_about("a,b\nc,\"d\n\n") ==
        "x.csv:2:3: error: this quote is never closed\n      = a quote inside a quoted field is written "
        "twice\n");
  CHECK(complaint_about("a\n\"b\"c") ==
        "x.csv:2:4: error: text behind a closing quote\n"
        "      = a quote inside a quoted field is written twice\n");
  CHECK(complaint_about(std::string("a,é\0b", 6)).starts_with("x.csv:1:4: error: holds a NUL byte"));
  CHECK(complaint_about("\xFF\xFE"
                        "a")
            .starts_with("x.csv:1:1: error: is UTF-16"));
  CHECK(complaint_about("\xFE\xFF"
                        "a")
            .starts_with("x.csv:1:1: error: is UTF-16"));
}

TEST_CASE("a field, a record and the number of fields have a limit") {
  const CsvLimits limits{4, 6, 3};
  CHECK(complaint_about("1234,12\n1,2,3", limits).empty());
  CHECK(complaint_about("a\n1,12345", limits)
            .starts_with("x.csv:2:3: error: this field is longer than 4 bytes"));
  CHECK(complaint_about("a\n1,\"1\n345\"", limits).starts_with("x.csv:2:3: error: this field is longer"));
  CHECK(complaint_about("a\n1234,123", limits).starts_with("x.csv:2:1: error: this record is longer than 6"));
  CHECK(complaint_about("a\n1,2,3,4", limits)
            .starts_with("x.csv:2:1: error: this record has more than 3 fields"));
}

TEST_CASE("random tables survive being written and read") {
  std::mt19937 random(20260101);
  const std::string alphabet = "ab,\"\r\n é;";
  for (int table = 0; table < 300; ++table) {
    Rows rows(1 + random() % 5);
    std::string text;
    for (auto& row : rows) {
      row.resize(1 + random() % 4);
      for (std::size_t i = 0; i < row.size(); ++i) {
        for (std::size_t length = random() % 6; length > 0; --length)
          row[i] += alphabet[random() % alphabet.size()];
        text += i == 0 ? "\"" : ",\"";
        for (const char c : row[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += "\"";
      }
      text += random() % 2 == 0 ? "\r\n" : "\n";
    }
    CHECK(rows_of(text, 1 + random() % 7) == rows);
  }
}

TEST_CASE("findings are all counted, and the first are told") {
  Findings findings("x.csv", 2);
  CHECK_NOTHROW(findings.throw_if_any());
  findings.error({2, 3}, "first", "mend it");
  findings.error({4, 5}, "second");
  findings.error({6, 7}, "third");
  try {
    findings.throw_if_any();
    FAIL("nothing was thrown");
  } catch (const BadData& bad) {
    CHECK(bad.total() == 3);
    CHECK(std::string(bad.what()) ==
          "x.csv:2:3: error: first\n      = mend it\nx.csv:4:5: error: second\n… and 1 more (3 errors in "
          "all)\n");
  }
}

TEST_CASE("a file that is missing or a directory cannot be read") {
  CHECK_THROWS_AS(open_bytes("no-such-file.csv"), hedgerow::config::UnreadableFile);
  CHECK_THROWS_AS(open_bytes("/"), hedgerow::config::UnreadableFile);
}

}  // namespace csv_reader_test

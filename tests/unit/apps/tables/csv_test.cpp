#include "apps/tables/csv.hpp"

#include <doctest/doctest.h>

namespace csv_test {

using namespace hedgerow::tables;

TEST_CASE("a table is written by RFC 4180") {
  const Table table{"t",
                    {{"name", Type::text}, {"count", Type::integer}, {"value", Type::real}},
                    {{std::string("a,b"), std::int64_t{-3}, 0.1},
                     {std::string("say \"so\""), Cell(), -1e300},
                     {std::string(""), std::int64_t{0}, Cell()},
                     {std::string("two\r\nlines"), std::int64_t{1}, 5e-324},
                     {std::string(" blank"), Cell(), 230014781541.37967}}};
  CHECK(to_csv(table) ==
        "name,count,value\r\n"
        "\"a,b\",-3,0.1\r\n"
        "\"say \"\"so\"\"\",,-1e+300\r\n"
        "\"\",0,\r\n"
        "\"two\r\nlines\",1,5e-324\r\n"
        "\" blank\",,230014781541.37967\r\n");
}

TEST_CASE("what a spreadsheet could run has an apostrophe in front, and so has an apostrophe") {
  Table table{"t", {{"x", Type::text}}, {}};
  for (const char* text : {"=1+1", "+1", "-1", "@x", "'x", "\tx", "x=1", "a-b"})
    table.rows.push_back({std::string(text)});
  CHECK(to_csv(table) == "x\r\n'=1+1\r\n'+1\r\n'-1\r\n'@x\r\n''x\r\n'\tx\r\nx=1\r\na-b\r\n");
}

}  // namespace csv_test

#include "apps/config/document.hpp"

#include <doctest/doctest.h>

#include <string>

namespace document_test {

using namespace hedgerow::config;

namespace {

Node parsed(const std::string& text) {
  Reporter reporter;
  const Source source{"x.yaml", text};
  reporter.add_origin(source, true);
  auto root = parse_document(source, 0, reporter);
  reporter.throw_if_errors();
  return std::move(*root);
}

}  // namespace

TEST_CASE("every part knows its place") {
  const Node root = parsed("# c\na: 1\nbé: {c: [2, 'x']}\n");
  REQUIRE(root.is(Node::Kind::map));
  const Entry* a = root.find("a");
  const Entry* b = root.find("bé");
  CHECK(a->key_mark == Mark{2, 1, 0});
  CHECK(a->value.mark == Mark{2, 4, 0});
  CHECK(b->value.mark == Mark{3, 6, 0});
  const Node& list = b->value.find("c")->value;
  CHECK(list.items.at(1).mark == Mark{3, 14, 0});
  CHECK(list.items.at(1).quoted);
  CHECK(!list.items.at(0).quoted);
  CHECK(root.find("z") == nullptr);
}

TEST_CASE("a block value is looked for at its key, a flow value where it begins") {
  const Node root = parsed("a:\n  b: 1\nc: {d: 1}\n");
  CHECK(root.find("a")->place() == Mark{1, 1, 0});
  CHECK(root.find("c")->place() == Mark{3, 4, 0});
}

TEST_CASE("JSON goes through the same parser") {
  const Node yaml = parsed("a: 1\nb: [x, {c: d}]\n");
  const Node json = parsed("{\r\n\t\"a\":1,\r\n\t\"b\": [\"x\",\t{\"c\":\"d\\u00e9\\/\"}]\r\n}\r\n");
  CHECK(yaml.find("a")->value.text == json.find("a")->value.text);
  CHECK(json.find("b")->value.items.at(1).find("c")->value.text == "dé/");
}

TEST_CASE("block text, quotes and null") {
  const Node root = parsed("a: |\n  x\n  y\nb: ~\nc:\nd: 'null'\n");
  CHECK(root.find("a")->value.text == "x\ny\n");
  CHECK(root.find("b")->value.is(Node::Kind::null));
  CHECK(root.find("c")->value.is(Node::Kind::null));
  CHECK(root.find("d")->value.is_text("null"));
}

TEST_CASE("of a key that is given twice the first is kept") {
  Reporter reporter;
  const Source source{"x.yaml", "a: 1\nb: 2\na: [3, 4]\n"};
  reporter.add_origin(source, true);
  const auto root = parse_document(source, 0, reporter);
  CHECK(reporter.has_errors());
  REQUIRE(root.has_value());
  CHECK(root->entries.size() == 2);
  CHECK(root->find("a")->value.text == "1");
}

}  // namespace document_test

#include "apps/config/tree_builder.hpp"

#include <fmt/format.h>
#include <yaml-cpp/mark.h>

#include <utility>

#include "apps/config/utf8.hpp"

namespace hedgerow::config {
namespace {

constexpr std::string_view plain_tag = "?";
constexpr std::string_view quoted_tag = "!";  // what the parser gives for quotes and block text

/// Whether text in quotes that begins at `begin` ends before the document does.
bool is_closed(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\')
      ++at;
    else if (text[at] == quote)
      return true;
  }
  return false;
}

}  // namespace

Mark TreeBuilder::mark_of(const YAML::Mark& mark) const {
  if (mark.is_null()) return {0, 0, origin_};
  return {static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1, origin_};
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents_ == 1) return;
  reporter_.error(mark_of(mark), "a second document begins here (a config is one document)",
                  "remove the line --- and what follows, or make it a file of its own");
  throw StopParsing{};
}

/// An explicit tag is either spelled out in `tag` or a lone `!` in the text, which the parser cannot
/// tell from quotes.
void TreeBuilder::check_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  if (anchor != 0)
    reporter_.error(mark_of(mark), "anchors (&name) are not allowed", "write the value where it is needed");
  const auto at = static_cast<std::size_t>(mark.pos);
  const bool lone_mark = at < source_.text.size() && source_.text[at] == '!';
  if (lone_mark || (!tag.empty() && tag != plain_tag && tag != quoted_tag))
    reporter_.error(mark_of(mark), "tags (!name) are not allowed", "write the plain value");
}

/// The parser takes the end of the document for a closing quote.
void TreeBuilder::check_quotes(const YAML::Mark& mark) {
  const auto at = static_cast<std::size_t>(mark.pos);
  if (at >= source_.text.size() || (source_.text[at] != '"' && source_.text[at] != '\'')) return;
  if (is_closed(source_.text, at)) return;
  reporter_.error(mark_of(mark), "quoted text is not closed", "a closing quote is missing");
  throw StopParsing{};
}

void TreeBuilder::count() {
  if (++nodes_ <= most_nodes) return;
  reporter_.error({0, 0, origin_}, fmt::format("more than {} values (no config has)", most_nodes));
  throw StopParsing{};
}

bool TreeBuilder::expects_key() const {
  return !open_.empty() && open_.back().node.is(Node::Kind::map) && !open_.back().key;
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (anchor != 0) check_properties(mark, "", anchor);
  Node node;
  node.mark = mark_of(mark);
  add(std::move(node));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  reporter_.error(mark_of(mark), "aliases (*name) are not allowed", "write the value where it is needed");
  Node node;
  node.kind = Node::Kind::rejected;
  node.mark = mark_of(mark);
  add(std::move(node));
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  check_properties(mark, tag, anchor);
  check_quotes(mark);
  Node node;
  node.kind = Node::Kind::scalar;
  node.mark = mark_of(mark);
  node.text = value;
  node.quoted = tag == quoted_tag;
  add(std::move(node));
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  check_properties(mark, tag, anchor);
  open(Node::Kind::sequence, mark);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  check_properties(mark, tag, anchor);
  open(Node::Kind::map, mark);
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark) {
  if (open_.size() >= deepest) {
    reporter_.error(mark_of(mark), fmt::format("nested more than {} levels deep (no config is)", deepest));
    throw StopParsing{};
  }
  const bool is_key = expects_key();
  if (is_key) {
    reporter_.error(mark_of(mark), "a key must be text, not a map or a list");
    open_.back().key = Key{"", mark_of(mark), true};
  }
  count();
  Node node;
  node.kind = kind;
  node.mark = mark_of(mark);
  open_.push_back({std::move(node), std::nullopt, {}, is_key});
}

void TreeBuilder::close() {
  Frame closed = std::move(open_.back());
  open_.pop_back();
  if (!closed.is_key) add(std::move(closed.node));
}

void TreeBuilder::add(Node node) {
  count();
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  if (expects_key()) return add_key(node);
  Frame& parent = open_.back();
  if (parent.node.is(Node::Kind::sequence)) {
    parent.node.items.push_back(std::move(node));
    return;
  }
  const Key key = *std::exchange(parent.key, std::nullopt);
  if (!key.rejected) parent.node.entries.push_back({key.text, key.mark, std::move(node)});
}

void TreeBuilder::add_key(const Node& node) {
  Frame& parent = open_.back();
  parent.key = Key{node.text, node.mark, true};
  if (node.is(Node::Kind::rejected)) return;
  if (!node.is(Node::Kind::scalar)) {
    reporter_.error(node.mark, "a key must be text, not empty", "put it in quotes if it is a name");
    return;
  }
  if (node.is_word("<<")) {
    reporter_.error(node.mark, "merge keys (<<) are not allowed", "write the keys where they are needed");
    return;
  }
  const auto [first, is_new] = parent.known.emplace(node.text, node.mark);
  parent.key->rejected = !is_new;
  if (!is_new)
    reporter_.error(node.mark, fmt::format("key {} is given twice", utf8::shortened(node.text, 60)),
                    fmt::format("first on line {}", first->second.line));
}

}  // namespace hedgerow::config

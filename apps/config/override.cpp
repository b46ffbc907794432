#include "apps/config/override.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "apps/config/text_check.hpp"
#include "engine/base/check.hpp"

namespace hedgerow::config {
namespace {

/// Gives every part of a tree one mark: the override as a whole.
void mark_all(Node& node, const Mark& mark) {
  node.mark = mark;
  for (auto& item : node.items) mark_all(item, mark);
  for (auto& entry : node.entries) {
    entry.key_mark = mark;
    mark_all(entry.value, mark);
  }
}

/// Takes the next key from the front of a dotted path, in view of the map it is looked up in.
class PathWalker {
 public:
  explicit PathWalker(std::string_view path) : left_(path) {}

  bool at_end() const { return left_.empty(); }

  /// Empty where the path is malformed. `parent` is the key of `map`, `grandparent` that of the map around.
  std::string next(const Node& map, std::string_view parent, std::string_view grandparent) {
    if (left_.starts_with('"')) return quoted();
    const bool holds_locations =
        parent == "placement" || parent == "impact" || parent == "headroom" || grandparent == "exit_plan";
    std::size_t size = holds_locations ? left_.size() : left_.find('.');
    for (const auto& entry : map.entries)
      if (begins_with_key(entry.key) && (size == std::string_view::npos || entry.key.size() > size))
        size = entry.key.size();
    return take(size);
  }

 private:
  bool begins_with_key(const std::string& key) const {
    return left_.starts_with(key) && (left_.size() == key.size() || left_[key.size()] == '.');
  }
  std::string quoted() {
    const auto end = left_.find('"', 1);
    if (end == std::string_view::npos) return "";
    std::string key(left_.substr(1, end - 1));
    left_.remove_prefix(end + 1);
    if (left_.starts_with('.')) left_.remove_prefix(1);
    return key;
  }
  std::string take(std::size_t size) {
    std::string key(left_.substr(0, size));
    left_.remove_prefix(key.size());
    if (left_.starts_with('.')) {
      left_.remove_prefix(1);
      if (left_.empty()) return "";
    }
    return key;
  }

  std::string_view left_;
};

/// The key that a single value under `parent` stands for.
std::string shorthand_of(std::string_view parent) { return parent == "failover" ? "policy" : "value"; }

/// Makes `node` a map that can hold further keys: none becomes {}, a single value {value: …}.
void become_map(Node& node, const std::string& shorthand, const Mark& mark) {
  if (node.is(Node::Kind::map)) return;
  Node map;
  map.kind = Node::Kind::map;
  map.mark = mark;
  if (node.is(Node::Kind::scalar) && !node.is_text("none"))
    map.entries.push_back({shorthand, node.mark, std::move(node)});
  node = std::move(map);
}

/// A number that is set has neither the source nor the posterior of the one before.
void assign(Node& target, const std::string& shorthand, Node value) {
  Entry* inner = target.find(shorthand);
  if (inner == nullptr || !value.is(Node::Kind::scalar) || value.is_text("none")) {
    target = std::move(value);
    return;
  }
  std::erase_if(target.entries,
                [](const Entry& entry) { return entry.key == "source" || entry.key == "posterior"; });
  target.find(shorthand)->value = std::move(value);
}

void apply(const Override& change, const Mark& mark, Node value, Node& root, Reporter& reporter) {
  PathWalker path(change.key);
  Node* node = &root;
  std::string parent, grandparent;
  while (!path.at_end()) {
    become_map(*node, shorthand_of(parent), mark);
    const std::string key = path.next(*node, parent, grandparent);
    if (key.empty())
      return reporter.error(mark, "is not a path of keys joined by dots", "as in horizon.years=5");
    if (node->find(key) == nullptr) node->entries.push_back({key, mark, Node{}, true});
    Entry* entry = node->find(key);
    if (path.at_end()) entry->key_mark = mark;
    node = &entry->value;
    grandparent = std::exchange(parent, key);
  }
  assign(*node, shorthand_of(parent), std::move(value));
}

}  // namespace

Override parse_override(std::string_view text) {
  const auto at = text.find('=');
  validate(at != std::string_view::npos && at > 0,
           fmt::format("'{}' is no KEY=VALUE (as in horizon.years=5)", text));
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1)), ""};
}

void apply_overrides(const std::vector<Override>& overrides, Node& root, Reporter& reporter) {
  for (const auto& change : overrides) {
    const Source source{change.label.empty() ? "--set " + change.key : change.label, change.value};
    const std::size_t origin = reporter.add_origin(source, false);
    const Mark mark{1, 1, origin};
    if (change.key.empty()) {
      reporter.error(mark, "has no key (as in horizon.years=5)");
      continue;
    }
    if (!check_text(source, origin, reporter)) continue;
    auto value = parse_document(source, origin, reporter);
    if (!value) continue;
    mark_all(*value, mark);
    apply(change, mark, std::move(*value), root, reporter);
  }
}

}  // namespace hedgerow::config

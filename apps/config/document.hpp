#pragma once
// A config as a tree of maps, sequences and scalars that remembers where each part was written.
// One parser reads YAML and JSON. The subset: one document, UTF-8, text keys, no anchors, aliases,
// tags, merge keys or duplicate keys; at most `deepest` levels and `most_nodes` nodes.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/config/reporter.hpp"
#include "apps/config/source.hpp"

namespace hedgerow::config {

inline constexpr std::size_t deepest = 32;
inline constexpr std::size_t most_nodes = 100'000;

struct Entry;

struct Node {
  /// `rejected`: something outside the subset, reported already; readers pass over it.
  enum class Kind { null, scalar, sequence, map, rejected };

  Kind kind = Kind::null;
  Mark mark;
  std::string text;            ///< of a scalar
  bool quoted = false;         ///< the scalar stood in quotes
  std::vector<Node> items;     ///< of a sequence
  std::vector<Entry> entries;  ///< of a map, in the order of the file

  bool is(Kind k) const { return kind == k; }
  /// An unquoted scalar with exactly this text.
  bool is_word(std::string_view word) const;
  /// A scalar with exactly this text, in quotes or not (JSON has no other words).
  bool is_text(std::string_view word) const;
  /// The entry with this key, or null.
  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
};

struct Entry {
  std::string key;
  Mark key_mark;
  Node value;
  bool is_new = false;  ///< an override made it; the file has no such key

  /// Where a person looks for the value: the value itself if it begins on the line of its key,
  /// otherwise the key.
  const Mark& place() const;
};

/// Stands where a person still has to fill in a value, in configs that `hedgerow import` begins.
inline constexpr std::string_view gap = "FILL_IN";

/// "a single value", "a map", "still to be filled in", ...: what a node is, for messages.
std::string_view kind_name(const Node& node);

/// Parses the text of origin number `origin`. Everything outside the subset is reported; what can be
/// kept is returned all the same, so that one reading finds all errors. Nothing: reading had to stop.
std::optional<Node> parse_document(const Source& source, std::size_t origin, Reporter& reporter);

}  // namespace hedgerow::config

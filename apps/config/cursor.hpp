#pragma once
// Where a reading of a document stands: the path from the top, the maps that are open on the way,
// which of their keys were asked for; what is left over at the end is unknown.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/config/document.hpp"
#include "apps/config/key.hpp"
#include "apps/config/reporter.hpp"
#include "apps/config/resolved.hpp"

namespace hedgerow::config {

/// A value in the document, and where a person looks for it.
struct Found {
  const Node* node;
  Mark place;
};

class Cursor {
 public:
  Cursor(Reporter& reporter, std::string currency) : reporter_(reporter), currency_(std::move(currency)) {}

  const std::string& currency() const { return currency_; }
  const std::vector<ResolvedValue>& resolved() const { return resolved_; }
  const std::vector<std::string>& path() const { return path_; }
  /// Paths of everything that was complained about.
  const std::vector<std::vector<std::string>>& faults() const { return faults_; }
  /// Whether names may be missing because of an error, so that references to them look wrong.
  bool lost_names() const { return lost_names_; }

  /// Opens the map `found`; nothing: an absent one, of which every value is a default. With a
  /// shorthand, `found` may also be a single value, which then stands for that key.
  void open(std::string_view name, const std::optional<Found>& found, std::string_view shorthand = "");
  /// Reports the keys of the innermost map that nobody asked for, unless all names are allowed.
  void close();

  /// The value of `key` in the innermost map. Nothing where it is absent or was rejected before;
  /// reports an empty value as an error.
  std::optional<Found> take(std::string_view key);
  /// Whether `key` is absent from the innermost map (not merely rejected).
  bool is_absent(std::string_view key) const;
  /// Says that names under `key` of the innermost map could not be read. Where the map has unknown
  /// keys as well, one of them may have been meant.
  void lose_names(std::string_view key);
  /// All entries of the innermost map that nobody asked for yet; takes them.
  std::vector<const Entry*> take_rest();
  /// All keys of the innermost map; they live as long as the document.
  std::vector<std::string_view> keys() const;
  /// True inside of a block that the document does not have.
  bool in_absent_block() const { return scopes_.back().node == nullptr; }
  /// The document's `source:` beside the shorthand key of the innermost map, if `key` is that key.
  std::string shared_source(std::string_view key) const;

  /// Reports an error about `key` of the innermost map: "PATH.KEY MESSAGE".
  void complain(std::string_view key, const Mark& place, const std::string& message, std::string hint = "");
  void warn(std::string_view key, const Mark& place, const std::string& message, std::string hint = "");
  /// Warns where an override made the entry of the innermost map and one of the file has almost its name.
  void warn_of_slip(const Entry& entry);
  /// Reports that `key` is missing, unless the whole block is.
  void missing(std::string_view key, std::string_view help);
  void record(std::string_view key, std::string value, Origin origin, std::string source = "");

 private:
  struct Scope {
    const Node* node = nullptr;           // null: absent
    Mark place;                           // for what is missing in it
    std::string shorthand;                // empty: none
    std::vector<std::string_view> asked;  // keys so far
    bool has_rest = false;                // every other key is taken as well
    bool lacks_names = false;             // a container of names is absent
  };
  void add_fault(std::string_view key);
  void report_unknown(const Scope& scope, const Entry& entry);
  std::string path_to(std::string_view key) const;
  /// The same for messages: long names are cut.
  std::string shown_path(std::string_view key) const;
  bool is_claimed(const Scope& scope, const std::string& key) const;

  Reporter& reporter_;
  std::string currency_;
  std::vector<std::string> path_;
  std::vector<Scope> scopes_;
  std::vector<ResolvedValue> resolved_;
  std::vector<std::vector<std::string>> faults_;
  bool lost_names_ = false;
};

}  // namespace hedgerow::config

#pragma once
// Turns the parser's events into a tree, and rejects what the subset leaves out.

#include <yaml-cpp/eventhandler.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "apps/config/document.hpp"

namespace hedgerow::config {

/// Thrown after a report, where reading on makes no sense.
struct StopParsing {};

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, std::size_t origin, Reporter& reporter)
      : source_(source), origin_(origin), reporter_(reporter) {}

  Node take_root() { return std::move(root_); }
  /// The parser's mark (from 0) as ours (from 1).
  Mark mark_of(const YAML::Mark& mark) const;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  struct Key {
    std::string text;
    Mark mark;
    bool rejected;  // its value is dropped
  };
  /// A map or sequence that is still open.
  struct Frame {
    Node node;
    std::optional<Key> key;                       // of the value to come
    std::unordered_map<std::string, Mark> known;  // keys so far
    bool is_key;                                  // it stands where a key should
  };

  bool expects_key() const;
  void check_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void check_quotes(const YAML::Mark& mark);
  void count();
  void open(Node::Kind kind, const YAML::Mark& mark);
  void close();
  void add(Node node);
  void add_key(const Node& node);

  const Source& source_;
  std::size_t origin_;
  Reporter& reporter_;
  Node root_;
  std::vector<Frame> open_;
  std::size_t documents_ = 0, nodes_ = 0;
};

}  // namespace hedgerow::config

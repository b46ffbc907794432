#pragma once
// A place in a results document that knows where it is, for errors that say so.

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "apps/tables/table.hpp"

namespace hedgerow::tables {

class Node {
 public:
  /// The root of `json`, which must outlive every node made from it.
  explicit Node(const nlohmann::ordered_json& json) : json_(&json) {}

  /// A member. Of null, null; throws BadResults where an object lacks it, or this is something else.
  Node operator[](const char* key) const;
  /// The same, but null where an object lacks it.
  Node optional(const char* key) const;

  /// A null at this place.
  Node nothing() const { return {nullptr, place_}; }

  bool is_null() const { return json_ == nullptr || json_->is_null(); }
  /// The entries of a list or an object in their order; none of null. Throws BadResults elsewhere.
  std::vector<Node> list() const;
  std::vector<std::pair<std::string, Node>> members() const;
  /// One end of an interval `[lower, upper]`: `end` is 0 or 1.
  Node end(std::size_t end) const;

  /// The value as a cell of a column of that type. A whole number may be written as text. Throws
  /// BadResults where it is of another type, or too large.
  Cell cell(Type type) const;
  /// Throw BadResults where there is none.
  std::string text() const { return std::get<std::string>(cell_of_text()); }
  double real() const;

  /// Throws BadResults: "strategies.x.plan: WHAT".
  [[noreturn]] void fail(const std::string& what) const;

 private:
  Node(const nlohmann::ordered_json* json, std::string place) : json_(json), place_(std::move(place)) {}
  Node below(const nlohmann::ordered_json* json, const std::string& key) const;
  Cell cell_of_text() const;
  Cell cell_of_integer() const;

  const nlohmann::ordered_json* json_;
  std::string place_;
};

}  // namespace hedgerow::tables

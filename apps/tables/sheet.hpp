#pragma once
// Fills one table from nodes of a results document.

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "apps/tables/node.hpp"

namespace hedgerow::tables {

/// What may be put into a row: a node, which becomes a cell of its column's type, or a value of that type.
class Item {
 public:
  Item(const Node& node) : of_(node) {}
  Item(std::string text) : of_(Cell(std::move(text))) {}
  Item(const char* text) : of_(Cell(std::string(text))) {}
  Item(std::size_t number) : of_(Cell(static_cast<std::int64_t>(number))) {}
  Item(double number) : of_(Cell(number)) {}
  Item(std::monostate none) : of_(Cell(none)) {}

  Cell cell(Type type) const {
    const Node* node = std::get_if<Node>(&of_);
    return node != nullptr ? node->cell(type) : std::get<Cell>(of_);
  }

 private:
  std::variant<Node, Cell> of_;
};

inline constexpr std::monostate none{};

class Sheet {
 public:
  /// Columns are written `name`, `name:integer` or `name:real`, with blanks between; `text` is the type of a
  /// column without one. Both texts must be literals.
  Sheet(std::string_view name, std::string_view columns);

  /// A row: as many items as columns, values of their types. Throws BadResults where a node is not.
  void add(std::initializer_list<Item> items);

  /// Rows so far: the position of the next one.
  std::size_t size() const { return table_.rows.size(); }
  Table take() && { return std::move(table_); }

 private:
  Table table_;
};

}  // namespace hedgerow::tables

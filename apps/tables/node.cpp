#include "apps/tables/node.hpp"

#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "apps/results/format.hpp"

namespace hedgerow::tables {
namespace {

using Json = nlohmann::ordered_json;

std::string kind(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::string:
      return "a text";
    case Json::value_t::boolean:
      return "true or false";
    default:
      return "a number";
  }
}

}  // namespace

void Node::fail(const std::string& what) const {
  throw BadResults(results::printable(place_.empty() ? "the results" : place_) + ": " + what);
}

Node Node::below(const Json* json, const std::string& key) const {
  return {json, place_.empty() ? key : place_ + "." + key};
}

Node Node::optional(const char* key) const {
  if (is_null()) return below(nullptr, key);
  if (!json_->is_object()) fail(fmt::format("is {} (must be an object)", kind(*json_)));
  const auto found = json_->find(key);
  return below(found == json_->end() ? nullptr : &*found, key);
}

Node Node::operator[](const char* key) const {
  const Node found = optional(key);
  if (found.json_ == nullptr && !is_null()) found.fail("is missing");
  return found;
}

std::vector<Node> Node::list() const {
  std::vector<Node> all;
  if (is_null()) return all;
  if (!json_->is_array()) fail(fmt::format("is {} (must be a list)", kind(*json_)));
  for (std::size_t i = 0; i < json_->size(); ++i)
    all.push_back({&(*json_)[i], fmt::format("{}[{}]", place_, i)});
  return all;
}

std::vector<std::pair<std::string, Node>> Node::members() const {
  std::vector<std::pair<std::string, Node>> all;
  if (is_null()) return all;
  if (!json_->is_object()) fail(fmt::format("is {} (must be an object)", kind(*json_)));
  for (const auto& [key, value] : json_->items()) all.emplace_back(key, below(&value, key));
  return all;
}

Node Node::end(std::size_t end) const {
  if (is_null()) return *this;
  if (!json_->is_array() || json_->size() != 2) fail("is no interval (must be a list of two)");
  return {&(*json_)[end], fmt::format("{}[{}]", place_, end)};
}

Cell Node::cell_of_text() const {
  if (json_ == nullptr || !json_->is_string())
    fail(fmt::format("is {} (must be a text)", json_ == nullptr ? "null" : kind(*json_)));
  return json_->get<std::string>();
}

Cell Node::cell_of_integer() const {
  if (json_->is_boolean()) return std::int64_t{json_->get<bool>()};
  std::int64_t value = 0;
  if (json_->is_string()) {  // the format writes 64-bit integers so
    const std::string& text = json_->get_ref<const std::string&>();
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && stop == text.data() + text.size()) return value;
  } else if (json_->is_number_unsigned()) {
    const auto number = json_->get<std::uint64_t>();
    if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return static_cast<std::int64_t>(number);
  } else if (json_->is_number_integer()) {
    return json_->get<std::int64_t>();
  }
  fail(fmt::format("is {} (must be a whole number below 2^63)", kind(*json_)));
}

Cell Node::cell(Type type) const {
  if (is_null()) return {};
  if (type == Type::text) return cell_of_text();
  if (type == Type::integer) return cell_of_integer();
  if (json_->is_string()) {  // a count that may exceed any integer column, such as paths that would do
    const std::string& text = json_->get_ref<const std::string&>();
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && stop == text.data() + text.size()) return static_cast<double>(value);
  }
  if (!json_->is_number()) fail(fmt::format("is {} (must be a number)", kind(*json_)));
  return json_->get<double>();
}

double Node::real() const {
  if (is_null()) fail("is null (must be a number)");
  return std::get<double>(cell(Type::real));
}

}  // namespace hedgerow::tables

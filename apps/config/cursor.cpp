#include "apps/config/cursor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apps/config/spelling.hpp"
#include "apps/config/utf8.hpp"

namespace hedgerow::config {
namespace {

constexpr std::string_view source_key = "source";
constexpr std::size_t longest_shown_name = 60;  // characters of a name in a message

}  // namespace

void Cursor::open(std::string_view name, const std::optional<Found>& found, std::string_view shorthand) {
  if (!name.empty()) path_.emplace_back(name);
  scopes_.emplace_back();
  scopes_.back().shorthand = shorthand;
  if (found) {
    scopes_.back().node = found->node;
    scopes_.back().place = found->place;
  }
  if (!found || shorthand.empty()) return;
  const Entry* source = found->node->find(source_key);
  if (source != nullptr && !source->value.is(Node::Kind::scalar))
    complain(source_key, source->place(), "must be text: an address or the name of a document");
}

bool Cursor::is_claimed(const Scope& scope, const std::string& key) const {
  if (!scope.shorthand.empty() && key == source_key) return true;
  return std::find(scope.asked.begin(), scope.asked.end(), key) != scope.asked.end();
}

void Cursor::close() {
  const Scope scope = std::move(scopes_.back());
  scopes_.pop_back();
  if (scope.node != nullptr && !scope.has_rest)
    for (const auto& entry : scope.node->entries)
      if (!is_claimed(scope, entry.key)) report_unknown(scope, entry);
  if (!path_.empty()) path_.pop_back();
}

void Cursor::report_unknown(const Scope& scope, const Entry& entry) {
  add_fault(entry.key);
  lost_names_ = lost_names_ || scope.lacks_names;
  const bool glued = entry.key.find(':') != std::string::npos && entry.value.is(Node::Kind::null);
  reporter_.error(entry.key_mark, fmt::format("{} is not a known key", shown_path(entry.key)),
                  glued ? "a colon needs a blank after it" : suggestion(entry.key, scope.asked));
}

void Cursor::add_fault(std::string_view key) {
  faults_.push_back(path_);
  if (!key.empty()) faults_.back().emplace_back(key);
}

void Cursor::lose_names(std::string_view key) {
  if (is_absent(key))
    scopes_.back().lacks_names = true;
  else
    lost_names_ = true;
}

std::optional<Found> Cursor::take(std::string_view key) {
  Scope& scope = scopes_.back();
  scope.asked.push_back(key);
  if (scope.node == nullptr) return std::nullopt;
  if (!scope.node->is(Node::Kind::map))
    return key == scope.shorthand ? std::optional(Found{scope.node, scope.place}) : std::nullopt;
  const Entry* entry = scope.node->find(key);
  if (entry == nullptr || entry->value.is(Node::Kind::rejected)) return std::nullopt;
  if (entry->value.is(Node::Kind::null)) {
    complain(key, entry->place(), "is empty", "write {} for a block of defaults, or leave the key out");
    return std::nullopt;
  }
  return Found{&entry->value, entry->place()};
}

bool Cursor::is_absent(std::string_view key) const {
  const Scope& scope = scopes_.back();
  if (scope.node == nullptr) return true;
  if (!scope.node->is(Node::Kind::map)) return key != scope.shorthand;
  return scope.node->find(key) == nullptr;
}

std::vector<const Entry*> Cursor::take_rest() {
  Scope& scope = scopes_.back();
  std::vector<const Entry*> rest;
  scope.has_rest = true;
  if (scope.node == nullptr) return rest;
  for (const auto& entry : scope.node->entries)
    if (!is_claimed(scope, entry.key)) rest.push_back(&entry);
  return rest;
}

std::vector<std::string_view> Cursor::keys() const {
  std::vector<std::string_view> keys;
  const Node* node = scopes_.back().node;
  if (node != nullptr)
    for (const Entry& entry : node->entries) keys.push_back(entry.key);
  return keys;
}

std::string Cursor::shared_source(std::string_view key) const {
  const Scope& scope = scopes_.back();
  if (scope.node == nullptr || scope.shorthand.empty() || key != scope.shorthand) return "";
  const Entry* entry = scope.node->find(source_key);
  return entry != nullptr ? entry->value.text : "";
}

std::string Cursor::path_to(std::string_view key) const {
  std::string text;
  const auto add = [&text](std::string_view name) { text += (text.empty() ? "" : ".") + std::string(name); };
  for (const auto& name : path_) add(name);
  if (!key.empty()) add(key);
  return text;
}

std::string Cursor::shown_path(std::string_view key) const {
  std::string text;
  for (const auto& name : path_) text += utf8::shortened(name, longest_shown_name) + '.';
  if (!key.empty()) return text + utf8::shortened(key, longest_shown_name);
  if (!text.empty()) text.pop_back();
  return text;
}

void Cursor::complain(std::string_view key, const Mark& place, const std::string& message, std::string hint) {
  add_fault(key);
  reporter_.error(place, fmt::format("{} {}", shown_path(key), message), std::move(hint));
}

void Cursor::warn(std::string_view key, const Mark& place, const std::string& message, std::string hint) {
  reporter_.warning(place, fmt::format("{} {}", shown_path(key), message), std::move(hint));
}

void Cursor::warn_of_slip(const Entry& entry) {
  if (!entry.is_new) return;
  std::vector<std::string_view> of_file;
  for (const Entry& other : scopes_.back().node->entries)
    if (!other.is_new) of_file.push_back(other.key);
  if (const auto meant = nearest(entry.key, of_file); !meant.empty())
    warn(entry.key, entry.key_mark, "is new, the config has no such name",
         fmt::format("did you mean {}?", meant));
}

void Cursor::missing(std::string_view key, std::string_view help) {
  if (in_absent_block()) return;
  complain(key, scopes_.back().place, "is missing", std::string(help));
}

void Cursor::record(std::string_view key, std::string value, Origin origin, std::string source) {
  const std::string path = path_to(key);
  if (origin == Origin::configured) origin = origin_of_configured(path, source);
  resolved_.push_back({path, std::move(value), origin, std::move(source)});
}

}  // namespace hedgerow::config

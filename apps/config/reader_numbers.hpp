#pragma once
// The templates of reader.hpp that read numbers which may be absent, or left open by a posterior beside them.

#include "apps/config/reader.hpp"

namespace hedgerow::config {

template <class T>
void Reader::optional_number(const Key& key, std::optional<T>& member, const models::Default& implied) {
  member.reset();
  if (const auto found = cursor_.take(key.name)) return configured_number(key, *found, raw(member.emplace()));
  record_default(key, text_of(implied.value, key.unit, cursor_.currency()), {implied.kind, implied.source});
}

template <class T>
void Reader::optional_number(const Key& key, std::optional<T>& member, std::string_view word,
                             const models::Reason& reason) {
  member.reset();
  const auto found = cursor_.take(key.name);
  if (!found) return record_default(key, std::string(word), reason);
  if (found->node->is_text(word)) return cursor_.record(key.name, std::string(word), Origin::configured);
  configured_number(key, *found, raw(member.emplace()));
}

template <class T>
void Reader::posterior(const Key& key, std::optional<T>& member) {
  member.reset();
  const auto found = cursor_.take(key.name);
  if (!found) return;
  if (has_quantiles())
    return cursor_.complain(key.name, found->place, "stands beside quantiles (must be one or the other)",
                            "a guess has no log behind it");
  if (is_map(key, *found, key.help)) inner(key, found, member.emplace());
}

template <class Tag, class T>
void Reader::uncertain_number(const Key& key, Quantity<Tag>& member, const Key& posterior_key,
                              std::optional<T>& known) {
  known.reset();
  const auto found = cursor_.take(key.name);
  if (!found || found->node->find(posterior_key.name) == nullptr) {
    if (found) return configured_number(key, *found, member.value);
    if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
    return;
  }
  const Key value{.name = "value", .unit = key.unit, .range = key.range, .help = key.help};
  cursor_.open(key.name, found, value.name);
  number(value, member.value, required);
  posterior(posterior_key, known);
  cursor_.close();
}

}  // namespace hedgerow::config

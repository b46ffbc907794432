#pragma once
// Fills input structs from a document. Checks every value's form and range, reports what is wrong at
// its place, and records every value in force. See key.hpp for the vocabulary.

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "apps/config/cursor.hpp"
#include "apps/config/key.hpp"
#include "engine/base/quantity.hpp"
#include "models/assess/study.hpp"
#include "models/scenario/defaults.hpp"

namespace hedgerow::config {

class Reader {
 public:
  Reader(Reporter& reporter, std::string currency) : cursor_(reporter, std::move(currency)) {}

  /// Reads a whole document into `object`.
  template <class T>
  void read(const Node& root, T& object);
  /// Records the defaults of a struct that the document could have at `path` but has not.
  template <class T>
  void record_defaults(const std::vector<std::string>& path, T object);
  const Cursor& cursor() const { return cursor_; }

  void number(const Key& key, double& member, Required);
  void number(const Key& key, double& member, const models::Default& fallback);
  template <class Tag, class Need>
  void number(const Key& key, Quantity<Tag>& member, const Need& need) {
    number(key, member.value, need);
  }
  template <class Tag, class T>
  void uncertain_number(const Key& key, Quantity<Tag>& member, const Key& posterior_key,
                        std::optional<T>& known);
  template <class T>
  void posterior(const Key& key, std::optional<T>& member);
  template <class T>
  void optional_number(const Key& key, std::optional<T>& member, const models::Default& implied);
  /// Where it is absent `word` stands for it, which may also be written.
  template <class T>
  void optional_number(const Key& key, std::optional<T>& member, std::string_view word,
                       const models::Reason& reason);
  void count(const Key& key, std::uint64_t& member);
  void months(const Key& key, int& member, const models::Reason& reason);
  void either_months(const Key& key, const Key& other, int& member);
  void text(const Key& key, std::string& member);
  void currency(const Key& key, std::string& member);
  void first_month(const Key& key, int& year, int& month);
  void contract_month(const Key& key, int& member, const models::Reason& reason);
  void yes_no(const Key& key, bool& member, const models::Reason& reason);
  void group_name(const Key& key, std::string& member, const models::Reason& reason);
  void frailty_group(const Key& key, std::string& member, const models::Reason& reason);
  void version(const Key& key);
  void levels(const Key& key, std::vector<double>& member);
  void amounts(const Key& key, std::vector<double>& member, const models::Reason& reason);
  void pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>& member, Required);
  void pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>& member,
             const models::Reason& reason);
  void numbers(const Key& key, std::map<std::string, double>& member, Required);
  void number_or_map(const Key& key, std::variant<Fraction, std::map<std::string, double>>& member,
                     const models::Default& fallback);
  void table(const Key& key, std::map<std::string, std::map<std::string, double>>& member,
             const models::Reason& reason);
  void weights(const Key& key, std::optional<std::map<std::string, double>>& member);
  void tail_index(const Key& key, double& member);
  void law(const Key& first, const Key& second, const Key& quantile, models::LognormalDuration& law);
  void law(const Key& first, const Key& second, const Key& quantile, models::WeibullDuration& law);
  void name(const Key& key, std::string& member);
  void measure(const Key& key, models::Limit& limit);
  void bounds(const Key& upper, const Key& lower, models::Limit& limit);

  template <class T>
  void word(const Key& key, T& member, std::span<const Word<T>> words, const models::Reason& reason);
  /// A list of words, each at most once; `member` holds those of the default.
  template <class T>
  void words(const Key& key, std::vector<T>& member, std::span<const Word<T>> words,
             const models::Reason& reason);
  template <class T>
  void block(const Key& key, T& member, Required);
  template <class T>
  void block(const Key& key, T& member);
  template <class T>
  void optional_block(const Key& key, std::optional<T>& member, Absent absent);
  template <class Declare>
  void group(const Key& key, Declare&& declare);
  template <class Container>
  void named(const Key& key, Container& members, Required);
  template <class Container>
  void named(const Key& key, Container& members);
  template <class Container>
  void rest(const Key& key, Container& members);
  template <class T>
  void by_name(const Key& key, std::map<std::string, T>& members, const models::Reason& reason);
  template <class Variant, class... Forms>
  void one_of(const Key& key, Variant& member, const Forms&... forms);
  template <class T>
  void list(const Key& key, std::vector<T>& members);

 private:
  /// A single value and the source given beside it.
  struct Scalar {
    const Node* node;
    std::string source;
  };
  struct StatedQuantile;
  bool has_quantiles() const;
  std::optional<std::vector<StatedQuantile>> read_quantiles(const Key& quantile);
  void warn_of_guess(const std::vector<StatedQuantile>& stated, const models::DurationLaw& law);
  template <class Law>
  void read_guess(const Key& first, const Key& second, const Key& quantile, Law& law);
  std::optional<std::string> plain(const Key& key, const Found& found, std::string_view wanted);
  std::optional<Scalar> scalar(const Key& key, const Found& found, std::string_view wanted);
  std::optional<double> checked_number(const Key& key, const Found& found, std::string& source);
  void configured_number(const Key& key, const Found& found, double& member);
  void number_map(const Key& key, const Found& found, std::map<std::string, double>& member);
  void read_months(const Key& key, const Found& found, int& member);
  std::optional<std::size_t> read_word(const Key& key, const std::vector<std::string_view>& words,
                                       std::size_t fallback, const models::Reason& reason);
  /// Where one of the words is written, its place among them; complains otherwise.
  std::optional<std::size_t> index_of(const Key& key, const Found& found,
                                      const std::vector<std::string_view>& words);
  /// Places of the words of a list; nothing, and a complaint, where one is unknown or repeated.
  std::optional<std::vector<std::size_t>> read_words(const Key& key, const Found& found,
                                                     const std::vector<std::string_view>& words);
  bool is_list(const Key& key, const Found& found);
  /// The name of an item of a list of structs, or else its number from 1: "#2".
  static std::string item_name(const Node& item, std::size_t index);
  void read_name(const Key& key, const Found& found, std::string& member);
  /// The items of a list that must not be empty; complains otherwise.
  std::span<const Node> list_items(const Key& key, const Found& found);
  /// Adds the sources that the two name to `sources`.
  std::optional<std::pair<double, double>> read_pair(const Key& key, const Key& second, const Node& item,
                                                     std::string& sources);
  void read_pairs(const Key& key, const Key& second, const Found& found,
                  std::vector<std::pair<double, double>>& member);
  void record_default(const Key& key, std::string value, const models::Reason& reason) {
    cursor_.record(key.name, std::move(value), origin_of(reason.kind), std::string(reason.source));
  }
  /// Year and month of a text such as 2026-01; complains otherwise.
  std::optional<std::pair<int, int>> read_month(const Key& key, const Found& found);
  bool is_map(const Key& key, const Found& found, std::string_view wanted);
  std::optional<Found> checked_entry(const Entry& entry);
  void refuse(const Key& key, const Found& found, const Node& read, std::string_view allowed,
              std::string hint = "");

  template <class T>
  void inner(const Key& key, const std::optional<Found>& found, T& member);
  template <class Container>
  void entries(Container& members);
  template <class Variant, class Form>
  void try_form(const Form& form, Variant& member);

  template <class T>
  static T& slot(std::map<std::string, T>& members, const std::string& name) {
    return members[name];
  }
  /// Names in the user's order, where the order has a meaning.
  template <class T>
  void record_order(const Key&, const std::map<std::string, T>&) {}
  template <class T>
  void record_order(const Key& key, const std::vector<std::pair<std::string, T>>& members) {
    std::string names;
    for (const auto& [name, unused] : members) names += (names.empty() ? "" : ", ") + name;
    cursor_.record(key.name, names, Origin::configured);
  }
  template <class T>
  static T& slot(std::vector<std::pair<std::string, T>>& members, const std::string& name) {
    return members.emplace_back(name, T{}).second;
  }

  template <class Tag>
  static double& raw(Quantity<Tag>& quantity) {
    return quantity.value;
  }
  static double& raw(double& number) { return number; }

  Cursor cursor_;
  std::optional<std::pair<int, int>> first_month_;  // year and month; nothing: unknown because of an error
  std::string frailty_group_;                       // of the provider that is being read
};

}  // namespace hedgerow::config

namespace hedgerow::config {

template <class T>
void Reader::read(const Node& root, T& object) {
  cursor_.open("", Found{&root, root.mark});
  describe(*this, object);
  cursor_.close();
}

template <class T>
void Reader::record_defaults(const std::vector<std::string>& path, T object) {
  for (const auto& name : path) cursor_.open(name, std::nullopt);
  describe(*this, object);
  for (std::size_t i = 0; i < path.size(); ++i) cursor_.close();
}

template <class T>
void Reader::inner(const Key& key, const std::optional<Found>& found, T& member) {
  cursor_.open(key.name, found, key.shorthand);
  describe(*this, member);
  cursor_.close();
}

template <class T>
void Reader::word(const Key& key, T& member, std::span<const Word<T>> words, const models::Reason& reason) {
  std::vector<std::string_view> texts;
  std::size_t fallback = 0;
  for (const auto& word : words) {
    if (word.meaning == member) fallback = texts.size();
    texts.push_back(word.text);
  }
  if (const auto index = read_word(key, texts, fallback, reason)) member = words[*index].meaning;
}

template <class T>
void Reader::words(const Key& key, std::vector<T>& member, std::span<const Word<T>> words,
                   const models::Reason& reason) {
  std::vector<std::string_view> texts;
  for (const auto& word : words) texts.push_back(word.text);
  const auto found = cursor_.take(key.name);
  if (found) {
    const auto indices = read_words(key, *found, texts);
    if (!indices) return;
    member.clear();
    for (const std::size_t index : *indices) member.push_back(words[index].meaning);
  }
  std::string list;
  for (const T& meaning : member)
    for (const auto& word : words)
      if (word.meaning == meaning) list += (list.empty() ? "" : ", ") + std::string(word.text);
  const std::string text = "[" + list + "]";
  found ? cursor_.record(key.name, text, Origin::configured) : record_default(key, text, reason);
}

template <class T>
void Reader::block(const Key& key, T& member, Required) {
  const auto found = cursor_.take(key.name);
  if (!found && cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
  if (found && is_map(key, *found, key.help)) inner(key, found, member);
}

template <class T>
void Reader::block(const Key& key, T& member) {
  const auto found = cursor_.take(key.name);
  if (!found || is_map(key, *found, key.help)) inner(key, found, member);
}

template <class T>
void Reader::optional_block(const Key& key, std::optional<T>& member, Absent absent) {
  const auto found = cursor_.take(key.name);
  if (!found && absent == Absent::is_defaults) return inner(key, std::nullopt, member.emplace());
  if (!found || found->node->is_text("none")) {
    member.reset();
    cursor_.record(key.name, "none", found ? Origin::configured : Origin::neutral,
                   found ? "" : "not modelled");
  } else if (is_map(key, *found, key.help)) {
    inner(key, found, member.emplace());
  }
}

template <class Declare>
void Reader::group(const Key& key, Declare&& declare) {
  auto found = cursor_.take(key.name);
  if (found && !is_map(key, *found, key.help)) found.reset();
  cursor_.open(key.name, found);
  declare(*this);
  cursor_.close();
}

template <class Container>
void Reader::entries(Container& members) {
  for (const Entry* entry : cursor_.take_rest()) {
    auto& member = slot(members, entry->key);
    const Key key{.name = entry->key, .help = ""};
    cursor_.warn_of_slip(*entry);
    const auto found = checked_entry(*entry);
    if (found && is_map(key, *found, "")) inner(key, found, member);
    if (!found || !found->node->is(Node::Kind::map)) cursor_.lose_names(entry->key);
  }
}

template <class Container>
void Reader::named(const Key& key, Container& members) {
  const auto found = cursor_.take(key.name);
  if (!found || !is_map(key, *found, key.help)) return cursor_.lose_names(key.name);
  cursor_.open(key.name, found);
  entries(members);
  cursor_.close();
  record_order(key, members);
}

template <class Container>
void Reader::named(const Key& key, Container& members, Required) {
  if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
  named(key, members);
}

template <class Container>
void Reader::rest(const Key&, Container& members) {
  entries(members);
}

template <class T>
void Reader::list(const Key& key, std::vector<T>& members) {
  const auto found = cursor_.take(key.name);
  if (!found) return cursor_.record(key.name, "none", Origin::neutral, "nothing is asked for");
  if (found->node->is_text("none")) return cursor_.record(key.name, "none", Origin::configured);
  if (!is_list(key, *found)) return;
  cursor_.open(key.name, found);
  std::set<std::string> names;
  for (const Node& item : found->node->items) {
    const std::string name = item_name(item, names.size());
    if (!names.insert(name).second)
      cursor_.complain(name, item.mark, "is a name that stands twice (must be unique)");
    else if (const Key inside{.name = name, .help = key.help}; is_map(inside, {&item, item.mark}, key.help))
      inner(inside, Found{&item, item.mark}, members.emplace_back());
  }
  cursor_.close();
}

template <class T>
void Reader::by_name(const Key& key, std::map<std::string, T>& members, const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) return record_default(key, "none", reason);
  if (found->node->is_text("none")) return cursor_.record(key.name, "none", Origin::configured);
  if (!is_map({.name = key.name, .help = key.help}, *found, key.help)) return;
  cursor_.open(key.name, found);
  for (const Entry* entry : cursor_.take_rest()) {
    auto& member = members[entry->key];
    const Key inside{.name = entry->key, .help = key.help, .shorthand = key.shorthand};
    const auto value = checked_entry(*entry);
    if (value && is_map(inside, *value, key.help)) inner(inside, value, member);
  }
  cursor_.close();
}

template <class Variant, class Form>
void Reader::try_form(const Form& form, Variant& member) {
  using T = typename Form::type;
  if (cursor_.is_absent(form.name)) {
    cursor_.take(form.name);
    return;
  }
  const Key key{.name = form.name, .help = form.help, .shorthand = form.is_scalar ? "value" : ""};
  block(key, member.template emplace<T>(), required);
}

template <class Variant, class... Forms>
void Reader::one_of(const Key& key, Variant& member, const Forms&... forms) {
  const auto found = cursor_.take(key.name);
  if (!found) {
    if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
    return;
  }
  const bool single = found->node->is(Node::Kind::scalar) || found->node->find("value") != nullptr;
  const bool any_scalar = (forms.is_scalar || ...);
  const auto as_scalar = [&](const auto& form) {
    using T = typename std::remove_cvref_t<decltype(form)>::type;
    const Key whole{.name = key.name, .help = form.help, .shorthand = "value"};
    if (form.is_scalar) inner(whole, found, member.template emplace<T>());
  };
  if (single && any_scalar) return (as_scalar(forms), ...);
  if (!is_map(key, *found, key.help)) return;
  cursor_.open(key.name, found);
  const int given = (0 + ... + (cursor_.is_absent(forms.name) ? 0 : 1));
  if (given > 1 || found->node->entries.empty())
    cursor_.complain("", found->place, "must be exactly one of these", std::string(key.help));
  (try_form(forms, member), ...);
  cursor_.close();
}

}  // namespace hedgerow::config

#include "apps/config/reader_numbers.hpp"

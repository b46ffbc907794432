#pragma once
// Visits the declarations of keys and writes what they allow as JSON Schema. See key.hpp for the
// vocabulary. Each struct becomes one definition, each kind of number another.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "apps/config/key.hpp"
#include "engine/base/quantity.hpp"
#include "models/assess/study.hpp"
#include "models/scenario/defaults.hpp"

namespace hedgerow::config {

class SchemaWriter {
 public:
  using Json = nlohmann::ordered_json;

  /// The whole schema of a document that `object` is read from.
  template <class T>
  Json document(T& object);

  void number(const Key& key, double&, Required);
  void number(const Key& key, double&, const models::Default& fallback);
  template <class Tag, class Need>
  void number(const Key& key, Quantity<Tag>& member, const Need& need) {
    number(key, member.value, need);
  }
  template <class Tag, class T>
  void uncertain_number(const Key& key, Quantity<Tag>&, const Key& posterior_key, std::optional<T>&);
  template <class T>
  void posterior(const Key& key, std::optional<T>&) {
    T member{};
    add(key, block_schema("", member));
  }
  template <class T>
  void optional_number(const Key& key, std::optional<T>&, const models::Default&) {
    add(key, number_reference(key));
  }
  template <class T>
  void optional_number(const Key& key, std::optional<T>&, std::string_view word, const models::Reason&) {
    add_or_word(key, number_reference(key), word);
  }
  void count(const Key& key, std::uint64_t& member);
  void months(const Key& key, int& member, const models::Reason&);
  void either_months(const Key& key, const Key& other, int& member);
  void text(const Key& key, std::string&);
  void currency(const Key& key, std::string& member);
  void first_month(const Key& key, int& year, int& month);
  void contract_month(const Key& key, int&, const models::Reason&);
  void yes_no(const Key& key, bool& member, const models::Reason&);
  void group_name(const Key& key, std::string&, const models::Reason&) { add(key, reference("name")); }
  void frailty_group(const Key& key, std::string&, const models::Reason&) { add(key, reference("name")); }
  void version(const Key& key);
  void levels(const Key& key, std::vector<double>& member);
  void amounts(const Key& key, std::vector<double>&, const models::Reason&);
  void pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>&, Required);
  void pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>&,
             const models::Reason&);
  void numbers(const Key& key, std::map<std::string, double>&, Required);
  void number_or_map(const Key& key, std::variant<Fraction, std::map<std::string, double>>&,
                     const models::Default& fallback);
  void table(const Key& key, std::map<std::string, std::map<std::string, double>>&, const models::Reason&);
  void weights(const Key& key, std::optional<std::map<std::string, double>>&);
  void tail_index(const Key& key, double& member) { number(key, member, required); }
  template <class Law>
  void law(const Key& first, const Key& second, const Key& quantile, Law&) {
    add_law(first, second, quantile);
  }
  void name(const Key& key, std::string&) {
    add(key, reference("name"));
    require(key);
  }
  void measure(const Key& key, models::Limit&);
  void bounds(const Key& upper, const Key& lower, models::Limit&);

  template <class T>
  void words(const Key& key, std::vector<T>& member, std::span<const Word<T>> words,
             const models::Reason& reason);
  template <class T>
  void word(const Key& key, T& member, std::span<const Word<T>> words, const models::Reason&);
  template <class T>
  void block(const Key& key, T& member, Required) {
    block(key, member);
    require(key);
  }
  template <class T>
  void block(const Key& key, T& member) {
    add(key, block_schema(key.shorthand, member));
  }
  template <class T>
  void optional_block(const Key& key, std::optional<T>&, Absent) {
    T member{};
    add(key, any_of({block_schema(key.shorthand, member), {{"const", "none"}}}));
  }
  template <class Declare>
  void group(const Key& key, Declare&& declare);
  template <class Container>
  void named(const Key& key, Container& members, Required);
  template <class Container>
  void named(const Key& key, Container& members);
  template <class Container>
  void rest(const Key& key, Container&);
  template <class T>
  void by_name(const Key& key, std::map<std::string, T>&, const models::Reason&);
  template <class Variant, class... Forms>
  void one_of(const Key& key, Variant&, const Forms&... forms);
  template <class T>
  void list(const Key& key, std::vector<T>&) {
    T item{};
    add_or_word(key, {{"type", "array"}, {"items", block_schema("", item)}}, "none");
  }

 private:
  static Json reference(const std::string& name);
  static Json any_of(std::vector<Json> schemas);
  static Json empty_object();
  static Json map_of(Json values);

  /// Adds a property to the innermost object.
  void add(const Key& key, Json schema);
  /// The same, or a word that stands for nothing.
  void add_or_word(const Key& key, Json schema, std::string_view word);
  /// Two parameters, or quantiles instead.
  void add_law(const Key& first, const Key& second, const Key& quantile);
  Json pair_list(const Key& key, const Key& second);
  void require(const Key& key) { open_.back()["required"].push_back(key.name); }
  Json number_reference(const Key& key);
  void finish(Json& object);

  template <class T>
  Json block_schema(std::string_view shorthand, T& member);
  template <class Form>
  Json form_schema(const Form& form);
  template <class T>
  static T item_of(const std::map<std::string, T>&) {
    return T{};
  }
  template <class T>
  static T item_of(const std::vector<std::pair<std::string, T>>&) {
    return T{};
  }

  std::vector<Json> open_;  // objects that are being described, innermost last
  std::map<std::string, Json> definitions_;
};

template <class T>
SchemaWriter::Json SchemaWriter::document(T& object) {
  open_.push_back(empty_object());
  describe(*this, object);
  Json body = std::move(open_.back());
  finish(body);
  Json schema = {
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"title", "Hedgerow config"},
      {"description", "A multi-cloud sourcing decision: providers, hazards, workloads, strategies."}};
  schema.update(body);
  schema["$defs"]["name"] = {{"type", "string"}, {"minLength", 1}, {"maxLength", longest_name}};
  for (auto& [name, definition] : definitions_) schema["$defs"][name] = std::move(definition);
  return schema;
}

template <class T>
SchemaWriter::Json SchemaWriter::block_schema(std::string_view shorthand, T& member) {
  const std::string name(type_name(member));
  if (!definitions_.contains(name)) {
    open_.push_back(empty_object());
    describe(*this, member);
    if (!shorthand.empty()) open_.back()["properties"]["source"] = {{"type", "string"}};
    finish(open_.back());
    definitions_[name] = std::move(open_.back());
    open_.pop_back();
  }
  if (shorthand.empty()) return reference(name);
  Json single = definitions_[name]["properties"][std::string(shorthand)];
  for (const char* annotation : {"description", "default"}) single.erase(annotation);
  return any_of({reference(name), std::move(single)});
}

template <class Tag, class T>
void SchemaWriter::uncertain_number(const Key& key, Quantity<Tag>&, const Key& posterior_key,
                                    std::optional<T>& known) {
  open_.push_back(empty_object());
  const Key value{.name = "value", .unit = key.unit, .range = key.range, .help = key.help};
  add(value, number_reference(value));
  posterior(posterior_key, known);
  add({.name = "source", .help = ""}, {{"type", "string"}});
  require(value);
  require(posterior_key);
  Json object = std::move(open_.back());
  open_.pop_back();
  add(key, any_of({number_reference(key), std::move(object)}));
  require(key);
}

template <class T>
void SchemaWriter::word(const Key& key, T& member, std::span<const Word<T>> words, const models::Reason&) {
  Json schema = {{"enum", Json::array()}};
  for (const auto& word : words) {
    schema["enum"].push_back(word.text);
    if (word.meaning == member) schema["default"] = word.text;
  }
  add(key, std::move(schema));
}

template <class T>
void SchemaWriter::words(const Key& key, std::vector<T>& member, std::span<const Word<T>> words,
                         const models::Reason&) {
  Json known = Json::array(), chosen = Json::array();
  for (const auto& word : words) {
    known.push_back(word.text);
    if (std::find(member.begin(), member.end(), word.meaning) != member.end()) chosen.push_back(word.text);
  }
  add(key, {{"type", "array"},
            {"minItems", 1},
            {"uniqueItems", true},
            {"items", {{"enum", std::move(known)}}},
            {"default", std::move(chosen)}});
}

template <class Declare>
void SchemaWriter::group(const Key& key, Declare&& declare) {
  open_.push_back(empty_object());
  declare(*this);
  Json object = std::move(open_.back());
  open_.pop_back();
  finish(object);
  add(key, std::move(object));
}

template <class Container>
void SchemaWriter::named(const Key& key, Container& members) {
  auto item = item_of(members);
  add(key, map_of(block_schema("", item)));
}

template <class Container>
void SchemaWriter::named(const Key& key, Container& members, Required) {
  named(key, members);
  open_.back()["properties"][std::string(key.name)]["minProperties"] = 1;
  require(key);
}

template <class Container>
void SchemaWriter::rest(const Key&, Container& members) {
  auto item = item_of(members);
  open_.back()["propertyNames"] = reference("name");
  Json schema = block_schema("", item);
  open_.back()["additionalProperties"] = std::move(schema);
}

template <class T>
void SchemaWriter::by_name(const Key& key, std::map<std::string, T>&, const models::Reason&) {
  T item{};
  add_or_word(key, map_of(block_schema(key.shorthand, item)), "none");
}

template <class Form>
SchemaWriter::Json SchemaWriter::form_schema(const Form& form) {
  typename Form::type member{};
  Json object = empty_object();
  Json inner = block_schema(form.is_scalar ? "value" : "", member);
  object["properties"][std::string(form.name)] = inner;
  object["required"].push_back(form.name);
  object["description"] = form.help;
  return form.is_scalar ? any_of({std::move(object), std::move(inner)}) : object;
}

template <class Variant, class... Forms>
void SchemaWriter::one_of(const Key& key, Variant&, const Forms&... forms) {
  add(key, any_of({form_schema(forms)...}));
  require(key);
}

}  // namespace hedgerow::config

#include "apps/import/contract_applied.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>

namespace hedgerow::intake {
namespace {

constexpr std::size_t longest_id = 1024;  // [byte]
constexpr std::size_t most_elements = 1000;

/// Takes the elements while the text is parsed, so that costs keep all their digits.
class ElementTaker : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<AppliedContract> elements;
  bool is_whole = true;  ///< each element names a commitment, and each cost is one

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(std::int64_t value) override { return take_cost(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) override { return take_cost(std::to_string(value)); }
  bool number_float(double, const std::string& text) override { return take_cost(text); }
  bool string(std::string& text) override {
    if (!in_element() || text.size() > longest_id) return !in_element();
    if (key_ == "ContractId") elements.back().contract = text;
    if (key_ == "ContractCommitmentId") elements.back().commitment = text;
    return key_ != "ContractCommitmentAppliedCost" || take_cost(text);
  }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    ++depth_;
    if (in_element()) elements.emplace_back();
    return elements.size() <= most_elements;
  }
  bool key(std::string& name) override {
    key_ = name;
    if (depth_ == 1) in_elements_ = name == "Elements";
    return true;
  }
  bool end_object() override {
    if (in_element()) is_whole = is_whole && !elements.back().commitment.empty();
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override { return ++arrays_ <= 2; }
  bool end_array() override {
    --arrays_;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }

 private:
  bool in_element() const { return in_elements_ && depth_ == 2 && arrays_ == 1; }
  bool take_cost(const std::string& text) {
    if (!in_element() || key_ != "ContractCommitmentAppliedCost") return true;
    const std::optional<ReadAmount> cost = read_amount(text);
    if (cost) elements.back().cost = cost->amount;
    return cost.has_value();
  }

  std::string key_;
  int depth_ = 0, arrays_ = 0;
  bool in_elements_ = false;
};

}  // namespace

std::optional<std::vector<AppliedContract>> read_contract_applied(std::string_view text) {
  ElementTaker taker;
  if (!nlohmann::json::sax_parse(text, &taker) || !taker.is_whole) return std::nullopt;
  return std::move(taker.elements);
}

}  // namespace hedgerow::intake

// Reads the tables of a register.

#include <fmt/format.h>

#include <array>
#include <utility>

#include "apps/import/dora_checks.hpp"
#include "apps/import/dora_fields.hpp"
#include "apps/import/dora_register.hpp"

namespace hedgerow::intake {
namespace {

constexpr std::size_t most_dora_errors = 1000;

/// c0010, c0020, … up to c0180: the columns of every template.
constexpr std::array<TableColumn, 18> columns_of_templates{{{"c0010"},
                                                            {"c0020"},
                                                            {"c0030"},
                                                            {"c0040"},
                                                            {"c0050"},
                                                            {"c0060"},
                                                            {"c0070"},
                                                            {"c0080"},
                                                            {"c0090"},
                                                            {"c0100"},
                                                            {"c0110"},
                                                            {"c0120"},
                                                            {"c0130"},
                                                            {"c0140"},
                                                            {"c0150"},
                                                            {"c0160"},
                                                            {"c0170"},
                                                            {"c0180"}}};

/// The position of a column by its number: 50 for c0050.
constexpr std::size_t c(int number) { return static_cast<std::size_t>(number / 10 - 1); }

/// Functions are counted anew for each entity.
std::string function_key(const std::string& entity, const std::string& function) {
  return entity + "/" + function;
}

class DoraReader {
 public:
  DoraReader(const Package& package, bool strict) : package_(package), repairs_(strict) {
    register_.name = package.name();
  }

  Register run() {
    require("b_02.02.csv");
    require("b_05.01.csv");
    read_parameters();
    read_tables();
    check_register(register_, package_, repairs_);
    register_.repairs = repairs_.counted();
    return std::move(register_);
  }

 private:
  void require(const std::string& file) const {
    if (!package_.has(file))
      refuse(package_.name(), {0, 0}, fmt::format("the package holds no {}", file),
             "a Register of Information has it under reports/");
  }

  /// Calls `read(fields)` for each record of a template.
  template <class Read>
  void table(const std::string& file, const std::vector<int>& needed, std::string_view missing_means,
             const Read& read) {
    if (!package_.has(file))
      return add_doubt(register_, fmt::format("{} is not in the package: {}", file, missing_means));
    Findings findings(package_.path_of(file));
    CsvTable records(findings.file(), package_.open_file(file), columns_of_templates, findings, repairs_,
                     false);
    for (const int column : needed)
      if (!records.has(c(column)))
        findings.error({1, 1}, fmt::format("the column {} is missing", columns_of_templates[c(column)].name));
    findings.throw_if_any();
    DoraFields fields(records, findings, repairs_);
    for (std::size_t count = 0; findings.total() < most_dora_errors && records.next(); ++count) {
      if (count == most_dora_records)
        refuse(findings.file(), records.place(), fmt::format("more than {} records", most_dora_records));
      read(fields);
    }
    findings.throw_if_any();
  }

  /// A cost, as long as all of them can be added up.
  std::optional<Amount> cost(DoraFields& f, int column) {
    const std::optional<Amount> amount = f.amount(c(column));
    if (amount && !magnitude_.add(amount->size()))
      refuse(package_.name(), {0, 0}, "the costs add up to more than 1.7e20, all of them positive");
    return amount;
  }

  void read_parameters() {
    constexpr std::string_view file = "parameters.csv";
    static constexpr std::array<TableColumn, 2> columns{{{"name", true}, {"value", true}}};
    if (!package_.has(std::string(file)))
      return add_doubt(
          register_, "parameters.csv is not in the package: reporting date and base currency are not known");
    Findings findings(package_.path_of(std::string(file)));
    CsvTable records(findings.file(), package_.open_file(std::string(file)), columns, findings, repairs_,
                     false);
    findings.throw_if_any();
    DoraFields fields(records, findings, repairs_);
    while (findings.total() < most_dora_errors && records.next()) {
      const std::string name = fields.text(0), value = fields.text(1);
      const std::string local = value.substr(value.find(':') + 1);
      if (name == "entityID") register_.entity = local;
      if (name == "baseCurrency") register_.currency = fields.base_currency(1);
      if (name == "refPeriod") register_.date = fields.date(1);
    }
    findings.throw_if_any();
  }

  void read_tables() {
    table("b_02.01.csv", {10}, "costs of arrangements and what hangs on what are not known",
          [this](DoraFields& f) {
            DoraArrangement a{f.needed(c(10)), f.code(c(20), dora::arrangements()), f.text(c(30)),
                              f.currency(c(40)), cost(f, 50)};
            register_.arrangements.emplace(a.id, a);
          });
    table("b_02.02.csv", {10, 30, 50}, "", [this](DoraFields& f) { read_reliance(f); });
    table("b_05.01.csv", {10}, "", [this](DoraFields& f) {
      DoraProvider p{f.needed(c(10)),   f.text(c(50)), f.country(c(80)),
                     f.currency(c(90)), cost(f, 100),  f.text(c(110))};
      if (std::string latin = f.text(c(60)); !latin.empty()) p.name = std::move(latin);
      register_.providers.emplace(p.id, p);
    });
    table("b_05.02.csv", {10, 30, 50}, "chains of subcontractors are not known", [this](DoraFields& f) {
      DoraLink link{f.needed(c(10)), f.needed(c(30)), f.text(c(60)), f.code(c(20), dora::services()), 1};
      link.rank = f.rank(c(50));
      register_.links.push_back(std::move(link));
    });
    table("b_06.01.csv", {10}, "which functions are critical or important is not known",
          [this](DoraFields& f) {
            DoraFunction function{f.needed(c(10)), f.text(c(30)),   f.code(c(50), dora::answers()),
                                  f.number(c(80)), f.number(c(90)), f.code(c(100), dora::impact())};
            register_.functions.emplace(function_key(f.text(c(40)), function.id), function);
          });
    table("b_07.01.csv", {10, 20}, "substitutability and exit plans are not known",
          [this](DoraFields& f) { read_assessment(f); });
  }

  void read_reliance(DoraFields& f) {
    DoraReliance r;
    r.arrangement = f.needed(c(10));
    r.entity = f.text(c(20));
    r.provider = f.needed(c(30));
    r.function = function_key(r.entity, f.needed(c(50)));
    r.service = f.code(c(60), dora::services());
    r.start = f.date(c(70));
    r.end = f.date(c(80));
    r.own_notice = f.number(c(100));
    r.provider_notice = f.number(c(110));
    r.law = f.country(c(120));
    r.provision = f.country(c(130));
    r.storage = f.country(c(150));
    r.processing = f.country(c(160));
    r.reliance = f.code(c(180), dora::reliance());
    register_.reliances.push_back(std::move(r));
  }

  void read_assessment(DoraFields& f) {
    DoraAssessment a;
    a.arrangement = f.needed(c(10));
    a.provider = f.needed(c(20));
    a.service = f.code(c(40), dora::services());
    a.substitutability = f.code(c(50), dora::substitutability());
    a.reason = f.code(c(60), dora::not_substitutable_reasons());
    a.audited = f.date(c(70));
    a.exit_plan = f.code(c(80), dora::answers());
    a.reintegration = f.code(c(90), dora::reintegration());
    a.impact = f.code(c(100), dora::impact());
    a.alternatives = f.code(c(110), dora::answers());
    a.alternative = f.text(c(120));
    register_.assessments.push_back(std::move(a));
  }

  const Package& package_;
  Repairs repairs_;
  Amount magnitude_;  // of all costs: no sum of some of them can leave the range
  Register register_;
};

}  // namespace

std::string Register::provider_name(const std::string& id) const {
  const auto found = providers.find(id);
  return found == providers.end() || found->second.name.empty() ? id : found->second.name;
}

std::string Register::group_of(const std::string& provider) const {
  const auto found = providers.find(provider);
  return found == providers.end() || found->second.parent.empty() ? provider : found->second.parent;
}

std::string Register::function_name(const std::string& key) const {
  const auto found = functions.find(key);
  const std::string id = key.substr(key.find('/') + 1);
  return found == functions.end() || found->second.name.empty() ? id : found->second.name;
}

bool Register::is_critical(const std::string& function) const {
  const auto found = functions.find(function);
  return found != functions.end() && found->second.critical == Code(dora::yes);
}

Register read_dora(const Package& package, bool strict) { return DoraReader(package, strict).run(); }

}  // namespace hedgerow::intake

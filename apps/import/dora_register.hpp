#pragma once
// A Register of Information under DORA (Regulation (EU) 2022/2554, Article 28(3)), as supervisors collect it:
// a report package in xBRL-CSV, one table a template.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/amount.hpp"
#include "apps/import/dora_codes.hpp"
#include "apps/import/moment.hpp"
#include "apps/import/package.hpp"
#include "apps/import/repairs.hpp"

namespace hedgerow::intake {

/// B_02.01: a contractual arrangement.
struct DoraArrangement {
  std::string id;
  Code kind;                ///< dora::Arrangement
  std::string overarching;  ///< the arrangement that it hangs on, for a subsequent one
  std::string currency;
  std::optional<Amount> cost;  ///< of the past year
};

/// B_02.02: a function that leans on a service of a provider under an arrangement.
struct DoraReliance {
  std::string arrangement, entity, provider, function;
  Code service;                                       ///< dora::services()
  std::optional<Moment> start, end;                   ///< end: nothing where it is open
  std::optional<double> own_notice, provider_notice;  ///< [day]
  std::string law, provision, storage, processing;    ///< countries, ISO 3166
  Code reliance;                                      ///< dora::Reliance
};

/// B_05.01: a provider.
struct DoraProvider {
  std::string id, name, country, currency;
  std::optional<Amount> cost;  ///< of the past year, under all arrangements
  std::string parent;          ///< the ultimate parent undertaking; itself where there is none
};

/// B_05.02: a link of a chain of subcontractors.
struct DoraLink {
  std::string arrangement, provider, recipient;
  Code service;
  int rank = 1;  ///< 1: the direct provider
};

/// B_06.01: a function of the financial entity.
struct DoraFunction {
  std::string id, name;
  Code critical;                                        ///< dora::Answer
  std::optional<double> recovery_time, recovery_point;  ///< objectives [h]
  Code impact;                                          ///< of discontinuing it, dora::Impact
};

/// B_07.01: what was found about a service that supports a critical or important function.
struct DoraAssessment {
  std::string arrangement, provider;
  Code service, substitutability, reason, exit_plan, reintegration, impact, alternatives;
  std::optional<Moment> audited;
  std::string alternative;  ///< names of other providers
};

struct Register {
  std::string name;
  std::string entity;          ///< who reports
  std::optional<Moment> date;  ///< as of
  std::string currency;        ///< base currency of the report
  std::map<std::string, DoraArrangement> arrangements;
  std::vector<DoraReliance> reliances;
  std::map<std::string, DoraProvider> providers;
  std::vector<DoraLink> links;
  std::map<std::string, DoraFunction> functions;
  std::vector<DoraAssessment> assessments;
  std::vector<std::string> doubts;  ///< what does not fit together, in words
  std::vector<RepairCount> repairs;

  /// The name of a provider or parent; its code where no name is known.
  std::string provider_name(const std::string& id) const;
  /// The ultimate parent of a provider; itself where none is told.
  std::string group_of(const std::string& provider) const;
  std::string function_name(const std::string& id) const;
  bool is_critical(const std::string& function) const;
};

/// Longest code or name, and most records of a table.
inline constexpr std::size_t longest_dora_name = 500;  // [byte]
inline constexpr std::size_t most_dora_records = 1'000'000;

/// Reads a package. Tables that it lacks are told in `doubts`; B_02.02 and B_05.01 must be there. `strict`:
/// nothing is mended. Throws BadData where the tables cannot be used.
Register read_dora(const Package& package, bool strict);

}  // namespace hedgerow::intake

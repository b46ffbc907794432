#include "apps/report/template.hpp"

#include "page_template.hpp"

namespace hedgerow::report {

const std::string& page_template() { return embedded::page_template; }

}  // namespace hedgerow::report

#include "checkers/catalog.h"

#include <array>

#include "checkers/choice/choice.h"
#include "checkers/code/code.h"
#include "checkers/credit.h"
#include "checkers/digits/digits.h"
#include "checkers/match/match.h"
#include "checkers/numeric/numeric.h"
#include "checkers/order/order.h"
#include "checkers/parts/parts.h"
#include "checkers/regex/regex.h"
#include "checkers/text/text.h"
#include "checkers/unit_tests/unit_tests.h"
#include "messages/package_entries.h"

namespace otmetka::checkers {
namespace {

const std::array kCatalog = {
    text::type(), numeric::type(), regex::type(), choice::type(), digits::type(), match::type(), order::type(), parts::type(),
    code::type(),  unit_tests::type(),
};

messages::Catalogue assemble() {
  std::vector<std::span<const messages::Entry>> tables = {
      messages::spec_entries(), messages::lint_entries(), messages::input_entries(), messages::answer_file_entries(),
      messages::work_entries(), messages::transport_entries(), messages::http_entries(), messages::system_entries(),
      messages::trace_entries(), messages::program_entries(), messages::sandbox_entries(), messages::package_entries(),
      messages::postgres_entries(), messages::kafka_entries(), messages::load_entries(), credit_entries(),
  };
  for (const CheckerType& kind : kCatalog) tables.push_back(kind.messages());
  return messages::Catalogue(tables);
}

}  // namespace

std::span<const CheckerType> catalog() { return kCatalog; }

const CheckerType* find_type(std::string_view name) {
  for (const CheckerType& kind : kCatalog) {
    if (kind.name == name || kind.settings()->full_name() == name) return &kind;
  }
  return nullptr;
}

const CheckerType* find_type(const google::protobuf::Descriptor& settings) {
  for (const CheckerType& kind : kCatalog) {
    if (kind.settings() == &settings) return &kind;
  }
  return nullptr;
}

const messages::Catalogue& message_catalogue() {
  static const messages::Catalogue kCatalogue = assemble();
  return kCatalogue;
}

}  // namespace otmetka::checkers

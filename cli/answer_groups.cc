#include "cli/answer_groups.h"

#include <algorithm>
#include <ostream>

#include "checkers/catalog.h"
#include "cli/csv.h"
#include "cli/table.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

constexpr std::size_t kMostItemsNamed = 40;

std::string example_of(const PartResult& part) {
  for (const Message& step : part.trace) {
    if (!step.id.starts_with("trace.answer") || step.args.empty()) continue;
    const auto* json = std::get_if<std::string>(&step.args.front());
    if (json == nullptr) break;
    const auto answer = queue::answer_from_json(*json);
    const auto* text = answer ? std::get_if<TextAnswer>(&*answer) : nullptr;
    return text != nullptr ? text->text : *json;
  }
  return part.answer_key;
}

std::string why(const Context& context, const PartResult& part) {
  std::string out = say(context, "status." + std::string(verdict_name(part.status)));
  for (const Message& message : part.feedback) out += "; " + checkers::message_catalogue().render(message, context.language);
  return out;
}

}  // namespace

void AnswerGroups::add(const gradebook::Standing& standing) {
  for (const PartResult& part : standing.attempts[standing.shown].parts) {
    const std::string& id = part.part.value;
    if (items_.size() < kMostItemsNamed) items_.insert(id.substr(0, id.find('.')));
    if (id != item_ && !(id.starts_with(item_) && id[item_.size()] == '.')) continue;
    found_ = true;
    if (tenants_.size() < kMostItemsNamed) tenants_.insert(standing.attempts[standing.shown].tenant.value);
    if (part.status == Verdict::kNotAttempted) continue;
    Group& group = groups_[{id, part.answer_key, part.credit.to_string()}];
    if (group.count++ > 0) continue;
    group.example = example_of(part);
    group.first = part;
  }
}

std::vector<const AnswerGroups::Group*> AnswerGroups::in_order() const {
  std::vector<const Group*> order;
  for (const auto& [key, group] : groups_) order.push_back(&group);
  std::stable_sort(order.begin(), order.end(), [](const Group* a, const Group* b) {
    const bool right_a = a->first.credit >= Ratio(1);
    const bool right_b = b->first.credit >= Ratio(1);
    return right_a != right_b ? right_b : a->count > b->count;
  });
  return order;
}

void AnswerGroups::append_json(const Group& group, std::string& out) {
  const auto text = [&](const char* key, std::string_view value) {
    out += std::string(",\"") + key + "\":";
    queue::append_json_string(value, out);
  };
  out += "{\"count\":" + std::to_string(group.count);
  text("part_id", group.first.part.value);
  text("answer", group.example);
  text("answer_key", group.first.answer_key);
  text("status", verdict_name(group.first.status));
  text("rule_id", group.first.rule_id);
  text("tag", group.first.tag);
  out += ",\"credit\":{\"num\":\"" + int128_to_string(group.first.credit.num()) + "\",\"den\":\"" +
         int128_to_string(group.first.credit.den()) + "\"}}\n";
}

void AnswerGroups::print(const Context& context, const std::string& format, std::ostream& out) const {
  std::string text;
  Table table({"", say(context, "cli.results.head.count"), say(context, "cli.results.head.answer"), say(context, "cli.results.head.share"),
               say(context, "cli.results.head.status"), say(context, "cli.results.head.why")});
  if (format == "csv") text = "part_id,count,answer,credit,status,rule_id,tag\n";
  for (const Group* group : in_order()) {
    const PartResult& part = group->first;
    if (format == "jsonl") {
      append_json(*group, text);
    } else if (format == "csv") {
      CsvLine line(text);
      line.text(part.part.value).plain(std::to_string(group->count)).text(group->example).plain(part.credit.to_string());
      line.plain(verdict_name(part.status)).text(part.rule_id).text(part.tag).end();
    } else {
      table.row({part.part.value, std::to_string(group->count), group->example, messages::number_text(part.credit, context.language),
                 std::string(verdict_name(part.status)), why(context, part)});
    }
  }
  if (format == "jsonl" || format == "csv") {
    out << text;
  } else {
    table.print(out, context.colour_out);
  }
}

}  // namespace otmetka::cli

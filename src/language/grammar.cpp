// The grammar of the language. Every alternative is chosen by its first token, so parsing is linear in the text; all
// places where something must follow say what. A rule carries what it wants (for messages) and what it stores:
//   wants<"..">         where it must stand and does not: "found X, expected .."
//   stores<C>           becomes a node of the syntax tree
//   stores_operators<C> only if it holds an operator; otherwise its operand stands for it
#include "language/syntax.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/limit_depth.hpp>
#include <tao/pegtl/contrib/parse_tree.hpp>
#include <utility>

namespace rankscape::language {

namespace grammar {
using namespace tao::pegtl;  // NOLINT: the vocabulary of a grammar

template <std::size_t N>
struct literal_text {
  constexpr literal_text(const char (&from)[N]) { std::copy_n(from, N, text); }  // NOLINT: a literal is meant
  char text[N];                                                                  // NOLINT
};
template <literal_text Text>
struct wants {
  static constexpr const char* wanted = Text.text;
};
template <Construct C>
struct stores {
  static constexpr Construct construct = C;
  static constexpr bool only_with_operators = false;
};
template <Construct C>
struct stores_operators {
  static constexpr Construct construct = C;
  static constexpr bool only_with_operators = true;
};
struct wants_value : wants<"a value (a number, a name, '(', '{', '[', '|' or '-')"> {};
struct wants_any : wants<"a condition or value"> {};
struct wants_condition : wants<"a condition"> {};
struct wants_parameter : wants<"the name of a parameter"> {};

struct blank : star<one<' ', '\t', '\r', '\n'>> {};
template <literal_text Text, typename = std::make_index_sequence<sizeof(Text.text) - 1>>
struct spelled;
template <literal_text Text, std::size_t... I>
struct spelled<Text, std::index_sequence<I...>> {
  using word = keyword<Text.text[I]...>;
  using mark = string<Text.text[I]...>;
};
template <literal_text Text>
struct word : seq<typename spelled<Text>::word, blank> {};
template <literal_text Text>
struct mark : seq<typename spelled<Text>::mark, blank> {};

struct kw_and : word<"and"> {};
struct kw_or : word<"or"> {};
struct kw_not : word<"not"> {};
struct kw_implies : word<"implies"> {};
struct kw_iff : word<"iff"> {};
struct kw_if : word<"if"> {};
struct kw_then : word<"then">, wants<"'then' or an operator"> {};
struct kw_else : word<"else">, wants<"'else' or an operator"> {};
struct kw_in : word<"in">, wants<"'in'"> {};
struct kw_where : word<"where"> {};
struct kw_downto : word<"downto"> {};
struct any_keyword : sor<kw_and, kw_or, kw_not, kw_implies, kw_iff, kw_if, kw_then, kw_else, kw_in, word<"subset">,
                         word<"union">, word<"intersect">, word<"minus">, kw_where, kw_downto> {};

struct open : mark<"("> {};
struct close : mark<")">, wants<"')' or an operator"> {};
struct close_arguments : mark<")">, wants<"')', ',' or an operator"> {};
struct comma : mark<","> {};
struct semicolon : mark<";"> {};
struct colon : mark<":">, wants<"':', ',', 'where', '..' or an operator"> {};
struct caret : mark<"^"> {};
struct minus_sign : mark<"-"> {};
struct close_brace : mark<"}">, wants<"'}', ',', '..' or an operator"> {};
struct close_bracket : mark<"]">, wants<"']', ',', ';' or an operator"> {};
struct close_bar : mark<"|">, wants<"'|' or an operator"> {};
struct end : eof, wants<"an operator or the end of the formula"> {};

struct decimals : seq<one<'.'>, plus<digit>> {};
struct exponent_part : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct number_text : seq<plus<digit>, opt<decimals>, opt<exponent_part>>, stores<Construct::number> {};
struct number : seq<number_text, blank> {};
struct name_text : seq<not_at<any_keyword>, identifier>, stores<Construct::name> {};
struct name : seq<name_text, blank> {};

struct expression;
struct additive;
struct primary;
struct unary;

struct downto : word<"downto">, stores<Construct::operation> {};
struct range_end : seq<additive>, wants<"the end of the range"> {};
struct domain : seq<additive, opt<if_must<sor<mark<"..">, downto>, range_end>>>,
                stores_operators<Construct::range>,
                wants<"a range a..b or a set"> {};
struct binder : seq<name, kw_in, must<domain>>, stores<Construct::binder> {};
struct next_binder : seq<name, must<kw_in>, must<domain>>,
                     stores<Construct::binder>,
                     wants<"a binder such as i in 1..r"> {};
struct where_condition : seq<expression>, stores<Construct::condition>, wants_condition {};
struct where : if_must<kw_where, where_condition> {};
struct body : seq<expression>, wants_any {};
struct binder_ahead : seq<not_at<any_keyword>, identifier, blank, kw_in> {};  // looks without leaving nodes
struct bound : seq<at<binder_ahead>, binder, star<if_must<comma, next_binder>>, opt<where>, must<colon>, must<body>>,
               stores<Construct::bound> {};
struct argument : seq<expression>, wants_any {};
struct next_argument : seq<expression>, wants_any {};
struct arguments : seq<must<argument>, star<if_must<comma, next_argument>>>, stores<Construct::arguments> {};
struct in_parentheses : sor<bound, arguments>, wants_any {};
struct parentheses : if_must<open, in_parentheses, close_arguments> {};
struct call : seq<name, star<parentheses>>, stores_operators<Construct::call> {};

struct inside : seq<expression>, wants_any {};
struct parenthesized : if_must<open, inside, close> {};
struct next_item : seq<domain>, wants<"an element or a range a..b"> {};
struct items : seq<domain, star<if_must<comma, next_item>>> {};
struct set : if_must<mark<"{">, opt<items>, close_brace>, stores<Construct::set> {};
struct measured : seq<additive>, wants<"a set"> {};
struct cardinality : if_must<mark<"|">, measured, close_bar>, stores<Construct::cardinality> {};
struct entry : seq<expression>, wants<"an entry of the matrix"> {};
struct row : seq<entry, star<if_must<comma, entry>>>,
             stores<Construct::row>,
             wants<"an entry of the matrix (an empty one is zeros(p, q))"> {};
struct blocks : if_must<mark<"[">, row, star<if_must<semicolon, row>>, close_bracket>, stores<Construct::blocks> {};
struct primary : sor<number, call, parenthesized, set, cardinality, blocks>, wants_value {};

struct prime : seq<one<'\''>, blank>, stores<Construct::operation> {};
struct transposed : seq<primary, star<prime>>, stores_operators<Construct::transposed> {};
struct negative_exponent : seq<minus_sign, must<primary>>, stores<Construct::negate> {};
struct exponent : sor<negative_exponent, primary>, wants<"an integer exponent"> {};
struct power : seq<transposed, opt<if_must<caret, exponent>>>, stores_operators<Construct::power> {};
struct negated : seq<unary>, wants_value {};
struct negation : if_must<minus_sign, negated>, stores<Construct::negate> {};
struct unary : sor<negation, power> {};

struct times : sor<one<'*'>, one<'/'>, typename spelled<"intersect">::word>, stores<Construct::operation> {};
struct factor : seq<unary>, wants_value {};
struct multiplicative : seq<unary, star<if_must<seq<times, blank>, factor>>>, stores_operators<Construct::product> {};
struct plus_minus : sor<one<'+'>, one<'-'>, typename spelled<"union">::word, typename spelled<"minus">::word>,
                    stores<Construct::operation> {};
struct term : seq<multiplicative>, wants_value {};
struct additive : seq<multiplicative, star<if_must<seq<plus_minus, blank>, term>>>, stores_operators<Construct::sum> {};

struct relation : sor<string<'=', '='>, string<'!', '='>, string<'<', '='>, string<'>', '='>, one<'<'>, one<'>'>,
                      seq<kw_not, keyword<'i', 'n'>>, keyword<'i', 'n'>, typename spelled<"subset">::word>,
                  stores<Construct::operation> {};
struct compared : seq<additive>, wants_value {};
struct comparison : seq<additive, star<if_must<seq<relation, blank>, compared>>>,
                    stores_operators<Construct::comparison> {};

struct not_operand;
struct logical_not : if_must<kw_not, not_operand>, stores<Construct::logical_not> {};
struct literal : sor<logical_not, comparison> {};
struct not_operand : seq<literal>, wants_condition {};
struct conjunct : seq<literal>, wants_condition {};
struct conjunction : seq<literal, star<if_must<kw_and, conjunct>>>, stores_operators<Construct::logical_and> {};
struct disjunct : seq<conjunction>, wants_condition {};
struct disjunction : seq<conjunction, star<if_must<kw_or, disjunct>>>, stores_operators<Construct::logical_or> {};
struct implication;
struct conclusion : seq<implication>, wants_condition {};
struct implication : seq<disjunction, opt<if_must<kw_implies, conclusion>>>, stores_operators<Construct::implies> {};
struct equivalent : seq<implication>, wants_condition {};
struct equivalence : seq<implication, star<if_must<kw_iff, equivalent>>>, stores_operators<Construct::iff> {};
struct if_condition : seq<expression>, wants_condition {};
struct then_value : seq<expression>, wants_any {};
struct else_value : seq<expression>, wants_any {};
struct conditional : if_must<kw_if, if_condition, kw_then, then_value, kw_else, else_value>,
                     stores<Construct::conditional> {};
struct expression : sor<conditional, equivalence>, wants_any {};
struct text : must<blank, expression, end> {};

// --- names as they are declared -----------------------------------------------------------------------------------

struct declared_name : seq<name>, wants<"a name"> {};
struct close_declaration : mark<")">, wants<"')' or ','"> {};
struct end_of_name : eof, wants<"the end of the name"> {};

struct first_parameter : seq<name>, wants_parameter {};
struct next_parameter : seq<name>, wants_parameter {};
struct parameters : seq<must<first_parameter>, star<if_must<comma, next_parameter>>>, stores<Construct::arguments> {};
struct signature : must<blank, declared_name, opt<if_must<open, parameters, close_declaration>>, end_of_name> {};

struct index_item : sor<seq<at<binder_ahead>, binder>, expression>, wants<"a binder such as i in 1..n, or an index"> {};
struct indices : seq<must<index_item>, star<if_must<comma, index_item>>>, stores<Construct::arguments> {};
struct key : must<blank, declared_name, opt<if_must<open, indices, close_declaration>>, end_of_name> {};

struct size_list : seq<domain>, wants<"the indices of the list, such as 0..H"> {};
struct size_values : seq<domain>, wants<"the values of the size, such as 0..1"> {};
struct size_in : word<"in">, stores<Construct::operation> {};
struct size : seq<name, opt<sor<if_must<open, size_list, close_declaration>, if_must<size_in, size_values>>>>,
              stores_operators<Construct::call>,
              wants<"a size such as n, d(0..H) or bias in 0..1"> {};
struct end_of_sizes : eof, wants<"',' or the end of the sizes"> {};
struct sizes : must<blank, size, star<if_must<comma, size>>, end_of_sizes> {};

// --- how PEGTL uses them ------------------------------------------------------------------------------------------

struct messages {
  template <typename Rule>
  static constexpr const char* message = [] {
    if constexpr (requires { Rule::wanted; }) {
      return Rule::wanted;
    } else {
      return static_cast<const char*>(nullptr);  // cannot fail where it must stand
    }
  }();
  template <typename Rule>
  static constexpr bool raise_on_failure = false;
};
template <typename Rule>
using control = must_if<messages, normal, false>::control<Rule>;

inline constexpr const char* too_deep = "too deep";
struct limit_nesting : maybe_nothing {
  template <typename Rule, apply_mode A, rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename... States>
  static bool match(Input& in, States&&... states) {
    if (in.private_depth >= max_nesting) throw tao::pegtl::parse_error(too_deep, in);
    return limit_depth<max_nesting>::match<Rule, A, M, Action, Control>(in, states...);
  }
};
template <typename Rule>
struct action : nothing<Rule> {};
template <>
struct action<expression> : limit_nesting {};
template <>
struct action<negation> : limit_nesting {};
template <>
struct action<logical_not> : limit_nesting {};
template <>
struct action<conclusion> : limit_nesting {};
template <>
struct action<set> : limit_nesting {};
template <>
struct action<cardinality> : limit_nesting {};

template <typename Rule>
    struct stored : std::bool_constant < requires {
  Rule::construct;
} > {template <typename Node, typename... States>
     static void transform(std::unique_ptr<Node> & node, States&&... /*states*/){
         if (Rule::only_with_operators && node->children.size() == 1) node = std::move(node->children.front());
}  // namespace grammar
};  // namespace rankscape::language

struct node : parse_tree::basic_node<node> {
  Construct construct = Construct::number;
  template <typename Rule, typename Input, typename... States>
  void start(const Input& in, States&&... states) {
    parse_tree::basic_node<node>::start<Rule>(in, states...);
    construct = Rule::construct;
  }
};
}  // namespace grammar

namespace {

Syntax convert(const grammar::node& node) {
  Syntax syntax{node.construct, node.m_begin.byte, {}, {}};
  switch (node.construct) {
    case Construct::number:
    case Construct::name:
    case Construct::operation:
      syntax.text = node.string();
      break;
    default:
      break;
  }
  syntax.children.reserve(node.children.size());
  for (const auto& child : node.children)
    syntax.children.push_back(convert(*child));
  if (node.construct == Construct::operation) {  // may hold white space: "not  in", "downto "
    syntax.text.erase(syntax.text.find_last_not_of(" \t\r\n") + 1);
    if (syntax.text.starts_with("not")) syntax.text = "not in";
  }
  return syntax;
}

// The nodes on top: one for a formula, a name and what stands in its parentheses, all sizes.
template <typename Rule>
std::vector<Syntax> parse_with(std::string_view text) {
  if (text.size() > max_expression_bytes) {
    throw SyntaxError(0, "found a formula of " + std::to_string(text.size()) + " bytes, expected at most " +
                             std::to_string(max_expression_bytes));
  }
  tao::pegtl::memory_input<> in(text.data(), text.data() + text.size(), "");
  try {
    const auto root =
        tao::pegtl::parse_tree::parse<Rule, grammar::node, grammar::stored, grammar::action, grammar::control>(in);
    std::vector<Syntax> top;
    for (const auto& child : root->children)
      top.push_back(convert(*child));
    return top;
  } catch (const tao::pegtl::parse_error& error) {
    const std::size_t offset = error.positions().front().byte;
    if (error.message() == grammar::too_deep) {
      throw SyntaxError(offset, "found nesting deeper than " + std::to_string(max_nesting) +
                                    " levels, expected at most that (give parts a name under [define])");
    }
    throw SyntaxError(offset, "found " + text::found_at(text, offset) + ", expected " + std::string(error.message()) +
                                  text::spelling_hint(text.substr(offset)));
  }
}

// A name, or the name and what stands in its parentheses as a call.
Syntax call_of(std::vector<Syntax> top) {
  if (top.size() == 1) return std::move(top.front());
  return {Construct::call, top.front().begin, {}, std::move(top)};
}

}  // namespace

Syntax parse_syntax(std::string_view text) {
  return std::move(parse_with<grammar::text>(text).front());
}

Syntax parse_signature(std::string_view text) {
  return call_of(parse_with<grammar::signature>(text));
}

Syntax parse_key_syntax(std::string_view text) {
  return call_of(parse_with<grammar::key>(text));
}

std::vector<Syntax> parse_sizes_syntax(std::string_view text) {
  return parse_with<grammar::sizes>(text);
}

}  // namespace rankscape::language

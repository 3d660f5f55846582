// The grammar of the language. Every alternative is chosen by its first token, so parsing is linear in the text; all
// places where something must follow have a message of their own.
#include "statements/syntax.hpp"

#include "statements/words.hpp"

#include <array>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/limit_depth.hpp>
#include <tao/pegtl/contrib/parse_tree.hpp>
#include <utility>

namespace rankscape::statements {

namespace grammar {
using namespace tao::pegtl;  // NOLINT: the vocabulary of a grammar

struct blank : star<one<' ', '\t', '\r', '\n'>> {};
template <char... C>
struct word : seq<keyword<C...>, blank> {};
template <char... C>
struct mark : seq<string<C...>, blank> {};

struct kw_and : word<'a', 'n', 'd'> {};
struct kw_or : word<'o', 'r'> {};
struct kw_not : word<'n', 'o', 't'> {};
struct kw_implies : word<'i', 'm', 'p', 'l', 'i', 'e', 's'> {};
struct kw_iff : word<'i', 'f', 'f'> {};
struct kw_if : word<'i', 'f'> {};
struct kw_then : word<'t', 'h', 'e', 'n'> {};
struct kw_else : word<'e', 'l', 's', 'e'> {};
struct kw_in : word<'i', 'n'> {};
struct kw_subset : word<'s', 'u', 'b', 's', 'e', 't'> {};
struct kw_union : word<'u', 'n', 'i', 'o', 'n'> {};
struct kw_intersect : word<'i', 'n', 't', 'e', 'r', 's', 'e', 'c', 't'> {};
struct kw_minus : word<'m', 'i', 'n', 'u', 's'> {};
struct kw_where : word<'w', 'h', 'e', 'r', 'e'> {};
struct any_keyword : sor<kw_and, kw_or, kw_not, kw_implies, kw_iff, kw_if, kw_then, kw_else, kw_in, kw_subset, kw_union,
                         kw_intersect, kw_minus, kw_where> {};

struct open : mark<'('> {};
struct close : mark<')'> {};
struct comma : mark<','> {};
struct colon : mark<':'> {};
struct dots : mark<'.', '.'> {};
struct caret : mark<'^'> {};
struct minus_sign : mark<'-'> {};
struct open_brace : mark<'{'> {};
struct close_brace : mark<'}'> {};
struct bar : mark<'|'> {};
struct close_bar : mark<'|'> {};
struct close_arguments : mark<')'> {};
struct end : eof {};

struct decimals : seq<one<'.'>, plus<digit>> {};
struct exponent_part : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct number_text : seq<plus<digit>, opt<decimals>, opt<exponent_part>> {};
struct number : seq<number_text, blank> {};
struct name_text : seq<not_at<any_keyword>, identifier> {};
struct name : seq<name_text, blank> {};

struct expression;
struct additive;
struct primary;
struct unary;

struct range_end : seq<additive> {};
struct domain : seq<additive, opt<if_must<dots, range_end>>> {};
struct binder : seq<name, kw_in, must<domain>> {};
struct next_binder : seq<name, must<kw_in>, must<domain>> {};
struct where_condition : seq<expression> {};
struct where : if_must<kw_where, where_condition> {};
struct body : seq<expression> {};
struct binder_ahead : seq<not_at<any_keyword>, identifier, blank, kw_in> {};  // looks without leaving nodes
struct bound : seq<at<binder_ahead>, binder, star<if_must<comma, next_binder>>, opt<where>, must<colon>, must<body>> {};
struct argument : seq<expression> {};
struct next_argument : seq<expression> {};
struct arguments : seq<must<argument>, star<if_must<comma, next_argument>>> {};
struct parentheses : if_must<open, sor<bound, arguments>, close_arguments> {};
struct call : seq<name, star<parentheses>> {};

struct inside : seq<expression> {};
struct parenthesized : if_must<open, inside, close> {};
struct next_item : seq<domain> {};
struct items : seq<domain, star<if_must<comma, next_item>>> {};
struct set : if_must<open_brace, opt<items>, close_brace> {};
struct measured : seq<additive> {};
struct cardinality : if_must<bar, measured, close_bar> {};
struct primary : sor<number, call, parenthesized, set, cardinality> {};

struct negative_exponent : seq<minus_sign, must<primary>> {};
struct exponent : sor<negative_exponent, primary> {};
struct power : seq<primary, opt<if_must<caret, exponent>>> {};
struct negated : seq<unary> {};
struct negation : if_must<minus_sign, negated> {};
struct unary : sor<negation, power> {};

struct times : sor<one<'*'>, one<'/'>, keyword<'i', 'n', 't', 'e', 'r', 's', 'e', 'c', 't'>> {};
struct factor : seq<unary> {};
struct multiplicative : seq<unary, star<if_must<seq<times, blank>, factor>>> {};
struct plus_minus : sor<one<'+'>, one<'-'>, keyword<'u', 'n', 'i', 'o', 'n'>, keyword<'m', 'i', 'n', 'u', 's'>> {};
struct term : seq<multiplicative> {};
struct additive : seq<multiplicative, star<if_must<seq<plus_minus, blank>, term>>> {};

struct relation : sor<string<'=', '='>, string<'!', '='>, string<'<', '='>, string<'>', '='>, one<'<'>, one<'>'>,
                      seq<kw_not, keyword<'i', 'n'>>, keyword<'i', 'n'>, keyword<'s', 'u', 'b', 's', 'e', 't'>> {};
struct compared : seq<additive> {};
struct comparison : seq<additive, star<if_must<seq<relation, blank>, compared>>> {};

struct not_operand;
struct logical_not : if_must<kw_not, not_operand> {};
struct literal : sor<logical_not, comparison> {};
struct not_operand : seq<literal> {};
struct conjunct : seq<literal> {};
struct conjunction : seq<literal, star<if_must<kw_and, conjunct>>> {};
struct disjunct : seq<conjunction> {};
struct disjunction : seq<conjunction, star<if_must<kw_or, disjunct>>> {};
struct implication;
struct conclusion : seq<implication> {};
struct implication : seq<disjunction, opt<if_must<kw_implies, conclusion>>> {};
struct equivalent : seq<implication> {};
struct equivalence : seq<implication, star<if_must<kw_iff, equivalent>>> {};
struct if_condition : seq<expression> {};
struct then_value : seq<expression> {};
struct else_value : seq<expression> {};
struct conditional : if_must<kw_if, if_condition, kw_then, then_value, kw_else, else_value> {};
struct expression : sor<conditional, equivalence> {};
struct text : must<blank, expression, end> {};

struct first_parameter : seq<name> {};
struct next_parameter : seq<name> {};
struct parameters : seq<must<first_parameter>, star<if_must<comma, next_parameter>>> {};
struct signature_close : mark<')'> {};
struct signature_end : eof {};
struct defined_name : seq<name> {};
struct signature : must<blank, defined_name, opt<if_must<open, parameters, signature_close>>, signature_end> {};

// --- messages -------------------------------------------------------------------------------------------------------

inline constexpr const char* value_wanted = "a value (a number, a name, '(', '{', '|' or '-')";
inline constexpr const char* condition_wanted = "a condition or value";

template <typename>
inline constexpr const char* expected = nullptr;
template <>
inline constexpr auto expected<expression> = condition_wanted;
template <>
inline constexpr auto expected<inside> = condition_wanted;
template <>
inline constexpr auto expected<body> = condition_wanted;
template <>
inline constexpr auto expected<argument> = condition_wanted;
template <>
inline constexpr auto expected<next_argument> = condition_wanted;
template <>
inline constexpr auto expected<then_value> = condition_wanted;
template <>
inline constexpr auto expected<else_value> = condition_wanted;
template <>
inline constexpr auto expected<if_condition> = "a condition";
template <>
inline constexpr auto expected<where_condition> = "a condition";
template <>
inline constexpr auto expected<conjunct> = "a condition";
template <>
inline constexpr auto expected<disjunct> = "a condition";
template <>
inline constexpr auto expected<conclusion> = "a condition";
template <>
inline constexpr auto expected<equivalent> = "a condition";
template <>
inline constexpr auto expected<not_operand> = "a condition";
template <>
inline constexpr auto expected<compared> = value_wanted;
template <>
inline constexpr auto expected<term> = value_wanted;
template <>
inline constexpr auto expected<factor> = value_wanted;
template <>
inline constexpr auto expected<negated> = value_wanted;
template <>
inline constexpr auto expected<primary> = value_wanted;
template <>
inline constexpr auto expected<exponent> = "an integer exponent";
template <>
inline constexpr auto expected<range_end> = "the end of the range";
template <>
inline constexpr auto expected<domain> = "a range a..b or a set";
template <>
inline constexpr auto expected<next_item> = "an element or a range a..b";
template <>
inline constexpr auto expected<next_binder> = "a binder such as i in 1..r";
template <>
inline constexpr auto expected<kw_in> = "'in'";
template <>
inline constexpr auto expected<kw_then> = "'then' or an operator";
template <>
inline constexpr auto expected<kw_else> = "'else' or an operator";
template <>
inline constexpr auto expected<colon> = "':', ',', 'where', '..' or an operator";
template <>
inline constexpr auto expected<close> = "')' or an operator";
template <>
inline constexpr auto expected<close_arguments> = "')', ',' or an operator";
template <>
inline constexpr auto expected<close_brace> = "'}', ',', '..' or an operator";
template <>
inline constexpr auto expected<measured> = "a set";
template <>
inline constexpr auto expected<close_bar> = "'|' or an operator";
template <>
inline constexpr auto expected<blank> = "white space";  // cannot fail
template <>
inline constexpr auto expected<sor<bound, arguments>> = condition_wanted;
template <>
inline constexpr auto expected<opt<items>> = "an element";  // cannot fail
template <>
inline constexpr auto expected<parameters> = "a parameter";
template <>
inline constexpr auto expected<end> = "an operator or the end of the formula";
template <>
inline constexpr auto expected<defined_name> = "a name";
template <>
inline constexpr auto expected<first_parameter> = "the name of a parameter";
template <>
inline constexpr auto expected<next_parameter> = "the name of a parameter";
template <>
inline constexpr auto expected<signature_close> = "')' or ','";
template <>
inline constexpr auto expected<signature_end> = "the end of the name";
template <>
inline constexpr auto expected<opt<if_must<open, parameters, signature_close>>> = "'('";  // cannot fail

struct messages {
  template <typename Rule>
  static constexpr const char* message = expected<Rule>;
  template <typename Rule>
  static constexpr bool raise_on_failure = false;
};
template <typename Rule>
using control = must_if<messages>::control<Rule>;

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

// --- the tree -------------------------------------------------------------------------------------------------------

template <typename Rule>
struct stored : std::false_type {};
template <Construct C>
struct store : std::true_type {
  static constexpr Construct construct = C;
};
// Constructs that only matter when they hold an operator.
template <Construct C>
struct store_if_many : store<C> {
  template <typename Node, typename... States>
  static void transform(std::unique_ptr<Node>& node, States&&... /*states*/) {
    if (node->children.size() == 1) node = std::move(node->children.front());
  }
};
template <>
struct stored<number_text> : store<Construct::number> {};
template <>
struct stored<name_text> : store<Construct::name> {};
template <>
struct stored<call> : store_if_many<Construct::call> {};
template <>
struct stored<arguments> : store<Construct::arguments> {};
template <>
struct stored<parameters> : store<Construct::arguments> {};
template <>
struct stored<bound> : store<Construct::bound> {};
template <>
struct stored<binder> : store<Construct::binder> {};
template <>
struct stored<next_binder> : store<Construct::binder> {};
template <>
struct stored<where_condition> : store<Construct::condition> {};
template <>
struct stored<domain> : store_if_many<Construct::range> {};
template <>
struct stored<set> : store<Construct::set> {};
template <>
struct stored<cardinality> : store<Construct::cardinality> {};
template <>
struct stored<negation> : store<Construct::negate> {};
template <>
struct stored<negative_exponent> : store<Construct::negate> {};
template <>
struct stored<power> : store_if_many<Construct::power> {};
template <>
struct stored<multiplicative> : store_if_many<Construct::product> {};
template <>
struct stored<additive> : store_if_many<Construct::sum> {};
template <>
struct stored<times> : store<Construct::operation> {};
template <>
struct stored<plus_minus> : store<Construct::operation> {};
template <>
struct stored<relation> : store<Construct::operation> {};
template <>
struct stored<comparison> : store_if_many<Construct::comparison> {};
template <>
struct stored<logical_not> : store<Construct::logical_not> {};
template <>
struct stored<conjunction> : store_if_many<Construct::logical_and> {};
template <>
struct stored<disjunction> : store_if_many<Construct::logical_or> {};
template <>
struct stored<implication> : store_if_many<Construct::implies> {};
template <>
struct stored<equivalence> : store_if_many<Construct::iff> {};
template <>
struct stored<conditional> : store<Construct::conditional> {};

struct node : parse_tree::basic_node<node> {
  Construct construct = Construct::number;
  template <typename Rule, typename Input, typename... States>
  void start(const Input& in, States&&... states) {
    parse_tree::basic_node<node>::start<Rule>(in, states...);
    construct = stored<Rule>::construct;
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
  // A leaf that is spelled with white space inside: "not  in".
  if (node.construct == Construct::operation && syntax.text.starts_with("not")) syntax.text = "not in";
  return syntax;
}

template <typename Rule>
Syntax parse_with(std::string_view text) {
  if (text.size() > max_expression_bytes) {
    throw SyntaxError(0, "found a formula of " + std::to_string(text.size()) + " bytes, expected at most " +
                             std::to_string(max_expression_bytes));
  }
  tao::pegtl::memory_input<> in(text.data(), text.data() + text.size(), "");
  try {
    const auto root =
        tao::pegtl::parse_tree::parse<Rule, grammar::node, grammar::stored, grammar::action, grammar::control>(in);
    Syntax result = convert(*root->children.front());
    if (root->children.size() > 1) result.children.push_back(convert(*root->children.back()));
    return result;
  } catch (const tao::pegtl::parse_error& error) {
    const std::size_t offset = error.positions().front().byte;
    if (error.message() == grammar::too_deep) {
      throw SyntaxError(offset, "found nesting deeper than " + std::to_string(max_nesting) +
                                    " levels, expected at most that (give parts a name under [define])");
    }
    throw SyntaxError(offset, "found " + found_at(text, offset) + ", expected " + std::string(error.message()) +
                                  spelling_hint(text.substr(offset)));
  }
}

}  // namespace

Syntax parse_syntax(std::string_view text) {
  return parse_with<grammar::text>(text);
}

Syntax parse_signature(std::string_view text) {
  Syntax syntax = parse_with<grammar::signature>(text);
  if (!syntax.children.empty()) {  // put into the form of a call: name, arguments
    Syntax arguments = std::move(syntax.children.front());
    syntax.children.clear();
    Syntax call{Construct::call, syntax.begin, {}, {}};
    call.children.push_back(std::move(syntax));
    call.children.push_back(std::move(arguments));
    return call;
  }
  return syntax;
}

}  // namespace rankscape::statements

"""What pictures and titles say in words of their own, in English and Chinese.

Names of things, relations and statuses come from the graph itself, in whatever languages it has them.
"""

from __future__ import annotations

from typing import Final

_CHINESE: Final = {
    "Facts": "事实",
    "Claims": "主张",
    "Disputed claims": "有争议的主张",
    "Denied claims": "被否认的主张",
    "Claims with a restriction": "带限定的主张",
    "Hedged claims": "有保留的主张",
    "{what}: {relations}": "{what}：{relations}",
    "{what} around {thing}": "{what}：{thing}周围",
    "{what} between the {n} best-connected things": "{what}：联系最多的 {n} 个事物之间",
    "{what} stated by {sources}": "{what}，见于{sources}",
    "{what} held by {holders}": "{what}，由{holders}主张",
    "{what}, only of type: {types}": "{what}，仅限类型：{types}",
    "{what}, certainty: {certainties}": "{what}，确定程度：{certainties}",
    "{what}, an edge for each claim": "{what}，每条主张一条边",
    "{what}, {start} to {end}": "{what}，{start}至{end}",
    "the beginning": "最早",
    "today": "今天",
    "{n} thing": "{n} 个事物",
    "{n} things": "{n} 个事物",
    "{n} edge": "{n} 条关系边",
    "{n} edges": "{n} 条关系边",
    "{n} source": "{n} 个来源",
    "{n} sources": "{n} 个来源",
    "{n} other source": "另外 {n} 个来源",
    "{n} other sources": "另外 {n} 个来源",
    "{things}, {edges}.": "{things}，{edges}。",
    "{things}, {edges}, stated by {sources}.": "{things}，{edges}，见于 {sources}。",
    "{things}, {edges}, stated by {sources}, some also by {others}.": (
        "{things}，{edges}，见于 {sources}，其中一些也见于{others}。"
    ),
    "A fact is what a source states plainly, not what this picture vouches for.": (
        "“事实”指来源明确陈述的内容，并非本图所担保。"
    ),
    "Sources: {names}.": "来源：{names}。",
    "Sources: {names}; {edges} also stated by: {others}.": "来源：{names}；其中 {edges}也见于：{others}。",
    "{names}; and {n} more, named in the data formats": "{names}；另有 {n} 个，见数据格式",
    "none": "无",
    "(graph {digest})": "（图谱版本 {digest}）",
    "state or place": "国家或地点",
    "public body": "公共机构",
    "firm": "企业",
    "research or other body": "研究或其他机构",
    "person, group or public": "个人、群体或公众",
    "policy or instrument": "政策或政策工具",
    "technology or system": "技术或系统",
    "event, trend or measure": "事件、趋势或测量",
    "claim": "主张",
    "topic, aim or concern": "主题、目标或关切",
    "stated plainly (fact)": "明确陈述（事实）",
    "disputed: stated and denied": "有争议：既有陈述又有否认",
    "denied": "被否认",
    "stated with a restriction": "带限定的陈述",
    "hedged: possible, planned, relayed ...": "有保留：可能、计划、转述等",
    "holds both ways": "双向成立",
    "The {named} best-connected things are named, {others} are not.": (
        "标出了联系最多的 {named} 个事物的名称，其余 {others} 个未标。"
    ),
    "{n} long name is cut short.": "{n} 个过长的名称被截短。",
    "{n} long names are cut short.": "{n} 个过长的名称被截短。",
    "{n} edge has no room for a name.": "{n} 条关系边没有空间标名。",
    "{n} edges have no room for a name.": "{n} 条关系边没有空间标名。",
    "No edge is named: {n} names would hide them.": "关系边未标名：{n} 个名称会遮住它们。",
    "No font on this machine has the letters of {n} name.": "本机没有字体能显示 {n} 个名称中的文字。",
    "No font on this machine has the letters of {n} names.": "本机没有字体能显示 {n} 个名称中的文字。",
}
"""By what is said in English; no language there but simplified Chinese."""


def said(language: str, text: str, **values: object) -> str:
    """A text in a language, English where it has none.

    Args:
        language: a BCP 47 tag.
        text: in English, as the table has it, with the names of values in braces.
        values: what to put in their place.
    """
    return (_CHINESE.get(text, text) if is_chinese(language) else text).format(**values)


def counted(language: str, number: int, one: str, many: str) -> str:
    """A text that says a number, `{n}` in it.

    Args:
        language: a BCP 47 tag.
        number: how many.
        one: the text in English for one.
        many: and for any other number.
    """
    return said(language, one if number == 1 else many, n=number)


def listed(language: str, names: list[str]) -> str:
    """Names, one after another."""
    return ("；" if is_chinese(language) else "; ").join(names)


def sentences(language: str, texts: list[str]) -> str:
    """Sentences, one after another."""
    return ("" if is_chinese(language) else " ").join(texts)


def is_chinese(language: str) -> bool:
    """Whether a language is written in simplified Chinese."""
    return language.lower() == "zh" or language.lower().startswith(("zh-hans", "zh-cn"))

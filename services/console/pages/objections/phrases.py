"""Set phrases for the reasons of a resolution, in the language of the official answer."""

PHRASES = (
    "经核查，所反映情况不属实，企业已提供证明材料，异议不成立。",
    "经核查，所反映情况不影响申报条件，异议不成立。",
    "所反映事项缺乏可核实的线索，异议不成立。",
    "经核查，所反映情况属实，企业不符合申报条件，异议成立。",
    "经核查，企业申报材料与实际情况不符，异议成立。",
)

# Makes a manual page (mdoc) of what a tool says with --help.
#
# install.sh calls it with the variables name, day and others (the names of the tools that are installed
# beside). The help is laid out in columns: an option in the first 26, or alone on a line that is longer;
# what it does after them; 8 columns in, what more there is to say of it. "COMMAND pull" before another
# help makes that a section.

function escaped(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    return text
}

# Words on a line with a command, where "In" and "At" would be commands too.
function words(text, list, count, i, line) {
    count = split(text, list, " ")
    for (i = 1; i <= count; i++)
        line = line (i > 1 ? " " : "") (list[i] ~ /^[A-Z][a-z]$/ ? "\\&" : "") escaped(list[i])
    return line
}

# Running text; each sentence begins a line, as mdoc wants it, and no line is long.
function say(text, list, count, i, line, word) {
    count = split(text, list, " ")
    for (i = 1; i <= count; i++) {
        word = escaped(list[i])
        if (line != "" && (line ~ /\.$/ || length(line word) > 76)) {
            print line
            line = ""
        }
        # A dot or a quote in front would be a command.
        if (line == "" && word ~ /^[.']/) word = "\\&" word
        line = line (line == "" ? "" : " ") word
    }
    if (line != "") print line
}

function flush() {
    if (text == "") return
    if (section == "OVERVIEW" && command == "" && !named) {
        sub(/\.$/, "", text)
        print ".Sh NAME\n.Nm " name "\n.Nd " escaped(text)
        named = 1
    } else if (section == "OVERVIEW") {
        if (command == "" && text ~ /^Exit status: /) {
            status = text
            text = ""
            return
        }
        if (command == "") {
            # It comes after the synopsis, which the help has behind it.
            paragraphs[++paragraphCount] = text
        } else {
            if (!isFirst) print ".Pp"
            isFirst = 0
            say(text)
        }
    } else if (section == "USAGE") {
        usage(text)
        for (i = 1; i <= paragraphCount; i++) {
            print i == 1 ? ".Sh DESCRIPTION" : ".Pp"
            say(paragraphs[i])
        }
        paragraphCount = 0
    } else {
        say(text)
    }
    text = ""
}

# "speak [<options>] [<text> ...]"
function usage(line, list, count, i, word, repeats, isOptional, isValue) {
    print command == "" ? ".Sh SYNOPSIS" : ".Pp\nUsage:"
    print ".Nm"
    count = split(line, list, " ")
    for (i = 2; i <= count; i++) {
        word = list[i]
        if (word ~ /^\.\.\.]?$/) continue
        repeats = list[i + 1] ~ /^\.\.\.]?$/ ? " ..." : ""
        isOptional = word ~ /^\[/
        gsub(/[][]/, "", word)
        isValue = word ~ /^</
        gsub(/[<>]/, "", word)
        print (isOptional ? ".Op " : ".") (isValue ? "Ar " : (word ~ /^-/ ? "Fl " : "Cm ")) \
            escaped(word ~ /^-/ ? substr(word, 2) : word) repeats
    }
}

# "-O, --output-folder <folder>"
function item(spec, list, count, i, line, word) {
    count = split(spec, list, /[ ,\/]+/)
    line = ".It"
    for (i = 1; i <= count; i++) {
        word = list[i]
        if (word == "") continue
        if (word ~ /^-/) line = line (line ~ /Fl/ ? " , Fl " : " Fl ") escaped(substr(word, 2))
        else if (word ~ /^</) line = line " Ar " escaped(substr(word, 2, length(word) - 2))
        else line = line " Cm " escaped(word)
    }
    print line
}

function endList() {
    flush()
    if (inList) print ".El"
    inList = 0
}

BEGIN {
    print ".Dd " day "\n.Dt " toupper(name) " 1\n.Os Curbcut"
}

/^COMMAND / {
    endList()
    command = $2
    print ".Sh COMMAND " toupper(command)
    isFirst = 1
    next
}

/^[A-Z][A-Z ]*:/ {
    endList()
    section = $0
    sub(/:.*/, "", section)
    rest = $0
    sub(/^[A-Z ]*: */, "", rest)
    if (section == "EXAMPLE") {
        if (command == "") example = rest
        else print ".Pp\nExample:\n.Dl " words(rest)
        section = ""
        next
    }
    if (section == "OVERVIEW" || section == "USAGE") {
        text = rest
        next
    }
    title = substr(section, 1, 1) tolower(substr(section, 2))
    if (command == "" && !listed++) print ".Sh OPTIONS"
    print ".Ss " words(title) "\n.Bl -tag -width Ds"
    inList = 1
    next
}

/^$/ { flush(); next }

section == "" || /^  See '.* help <subcommand>' for/ { next }

# An entry of a list.
inList && /^  [^ ]/ {
    flush()
    spec = substr($0, 3)
    if (substr($0, 26, 1) == " " && substr($0, 1, 25) !~ /<[^>]*$/) {
        spec = substr($0, 3, 23)
        text = substr($0, 27)
    }
    sub(/ +$/, "", spec)
    item(spec)
    next
}

# More about an entry, set off from its first sentence.
inList && /^        [^ ]/ && !/^         / {
    if (!apart) { flush(); print ".Pp" }
    apart = 1
    line = $0
    sub(/^ +/, "", line)
    text = text (text == "" ? "" : " ") line
    next
}

{
    apart = 0
    line = $0
    sub(/^ +/, "", line)
    text = text (text == "" ? "" : " ") line
}

END {
    endList()
    if (status != "") {
        print ".Sh EXIT STATUS"
        sub(/^Exit status: /, "", status)
        say(status)
    }
    if (example != "") print ".Sh EXAMPLES\n.Dl " words(example)
    count = split(others, names, " ")
    for (i = 1; i <= count; i++) {
        if (names[i] == name) continue
        see = see (see == "" ? "" : " ,\n") ".Xr " names[i] " 1"
    }
    if (see != "") print ".Sh SEE ALSO\n" see
}

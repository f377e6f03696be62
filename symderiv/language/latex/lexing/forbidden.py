"""Commands that are no mathematics."""

from __future__ import annotations

FORBIDDEN = frozenset(
    r"""\input \include \includeonly \includegraphics \write \immediate \openin \openout \read
    \readline \closein
    \closeout \catcode \def \edef \gdef \xdef \let \futurelet \csname \endcsname \expandafter \usepackage
    \documentclass \special \directlua \lua \luaexec \immediate \verbatiminput \lstinputlisting
    \verb \url \href
    \loop \repeat \message \errmessage \jobname \endinput \afterassignment \aftergroup \newwrite \newread
    \makeatletter \makeatother \ShellEscape \pdffiledump \pdfmdfivesum \begingroup \endgroup \global \long
    \outer \uppercase \lowercase \string \meaning \the \number \noexpand \romannumeral \ifx \if \else \fi
    \newcount \advance \scantokens \typeout \show \batchmode \scrollmode""".split()
)
"""Commands of TeX that run, define or read something: never followed."""

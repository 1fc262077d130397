# What mdl(1) asks of the Markdown here; grader/tests/cli/prose.sh runs it.
all
exclude_rule 'MD013' # The comments that scripts read are one line each.
exclude_rule 'MD014' # A "$ " tells what one types from what is printed.
exclude_rule 'MD031' # A fence that a script fills has its comment above it.
exclude_rule 'MD036' # A contract has paragraphs with a bold head.
exclude_rule 'MD046' # Commands are indented; what scripts fill is fenced.
rule 'MD024', :allow_different_nesting => true
rule 'MD029', :style => :ordered

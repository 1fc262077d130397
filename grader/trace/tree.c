#include <errno.h>
#include <stdlib.h>

#include "trace/query.h"
#include "trace/timeline_parts.h"

/* The tree in one walk over the events: a list of children for each process,
 * index 0 for the outside, process p at p + 1. */
struct tree {
    int n;
    int *parent, *child, *last, *next;
    bool *born;
};

static void add(struct tree *tree, const struct trace_event *e)
{
    int proc = e->proc, parent = e->other;
    if (proc < 0 || proc >= tree->n || tree->born[proc])
        return;
    if (parent < 0 || parent >= tree->n || !tree->born[parent])
        parent = -1;
    tree->born[proc] = true;
    tree->parent[proc + 1] = parent + 1;
    int last = tree->last[parent + 1];
    if (last)
        tree->next[last] = proc + 1;
    else
        tree->child[parent + 1] = proc + 1;
    tree->last[parent + 1] = proc + 1;
}

static int walk(const struct tree *tree, int *order, int *depth)
{
    int n = 0, level = 0;
    for (int at = tree->child[0]; at != 0;) {
        order[n] = at - 1;
        depth[n++] = level;
        if (tree->child[at]) {
            at = tree->child[at];
            level++;
            continue;
        }
        while (at != 0 && !tree->next[at]) {
            at = tree->parent[at];
            level--;
        }
        at = tree->next[at];
    }
    return n;
}

int timeline_order(const struct trace *trace, int *order, int *depth)
{
    int n = trace_processes(trace);
    size_t row = (size_t)n + 1;
    int *links = calloc(4 * row, sizeof *links);
    bool *born = calloc(row, sizeof *born);
    int rc = -ENOMEM;
    if (links && born) {
        struct tree tree = {
            .n = n,
            .parent = links,
            .child = links + row,
            .last = links + 2 * row,
            .next = links + 3 * row,
            .born = born,
        };
        for (size_t i = 0; i < trace->n_events; i++)
            if (trace->events[i].kind == TRACE_BORN)
                add(&tree, &trace->events[i]);
        rc = walk(&tree, order, depth);
    }
    free(links);
    free(born);
    return rc;
}

# The network in R, from two files written beforehand:
#   aigov-graph export graphml -o network.graphml
#   aigov-graph export csv -o network.csv.zip
# Debian: r-base-core and r-cran-igraph.
suppressPackageStartupMessages(library(igraph))

# GraphML: types and all attributes come along; igraph keeps the IRIs of things in `id`.
network <- read_graph("network.graphml", format = "graphml")
cat("GraphML:", vcount(network), "things,", ecount(network), "edges\n")
print(table(relation = E(network)$relation, status = E(network)$status))

# The things with the most edges, by name.
most <- order(-degree(network), V(network)$label)[seq_len(min(3, vcount(network)))]
print(data.frame(thing = V(network)$label[most], edges = degree(network)[most]))

# The same from the tables, where an empty cell is nothing said.
folder <- tempfile()
unzip("network.csv.zip", exdir = folder)
table_of <- function(name) {
  read.csv(file.path(folder, "gephi", name), na.strings = "", encoding = "UTF-8", check.names = FALSE)
}
tabled <- graph_from_data_frame(table_of("edges.csv"), vertices = table_of("nodes.csv"))
cat("CSV:", vcount(tabled), "things,", ecount(tabled), "edges\n")

# Several values in one cell stand apart by a bar: the claims behind each edge.
claims <- strsplit(E(tabled)$claims, "|", fixed = TRUE)
cat("claims:", length(unique(unlist(claims))), "\n")

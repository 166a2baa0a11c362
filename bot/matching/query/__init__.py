"""The way of a question: analysed, ranked, judged, decided and explained."""

"""Training with torch, from nothing but a seed: the shipped language models, the classifiers whose horizon is
measured (`lstm_lib.horizon`), and any network on sequences (`lstm_lib.training.sequences`)."""

from lstm_lib.training.classifier import Classifier, train_classifier
from lstm_lib.training.language_model import RECIPES, Recipe, train, train_and_save
from lstm_lib.training.loop import TrainingDiverged, TrainingInterrupted

__all__ = [
    "RECIPES",
    "Classifier",
    "Recipe",
    "TrainingDiverged",
    "TrainingInterrupted",
    "train",
    "train_and_save",
    "train_classifier",
]
